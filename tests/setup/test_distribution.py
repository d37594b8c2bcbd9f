"""Do tests that share what is slow to make run in one process?"""

import pytest


def test_a_test_keeps_its_group_where_tests_are_spread_over_processes(request):
    if not request.config.getoption("loadgroup", False):
        pytest.skip("the tests are not spread by groups")
    assert request.node.nodeid.endswith("@tests/setup/test_distribution.py"), (
        "pytest-xdist has lost the groups that tests/conftest.py makes"
    )
