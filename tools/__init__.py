"""What `course.py` calls on: the environment, the workspace, Lab, the doctor; and the maintainers' commands."""
