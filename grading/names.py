"""Which names does a piece of code bind, and which does it read?"""

import ast


def binds(code: ast.AST) -> set[str]:
    """Names bound at the top level: assignments, definitions, imports, loops; also inside if, try and with."""
    found: set[str] = set()
    _Binder(found).visit(code)
    return found


def reads(code: ast.AST) -> set[str]:
    """Every name read anywhere in it, nested functions included."""
    found = {node.id for node in ast.walk(code) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    # x += 1 reads x, though the tree only says that it is stored.
    changed = (node.target for node in ast.walk(code) if isinstance(node, ast.AugAssign))
    return found | {target.id for target in changed if isinstance(target, ast.Name)}


def imports(code: ast.AST) -> set[str]:
    """Modules it imports, with those that `from package import module` may mean."""
    found: set[str] = set()
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


class _Binder(ast.NodeVisitor):
    def __init__(self, found: set[str]) -> None:
        self._found = found

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._found.add(node.name)  # what happens inside stays inside

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        pass

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._found.add(node.id)

    def visit_alias(self, node: ast.alias) -> None:
        self._found.add((node.asname or node.name).split(".")[0])

    def visit_comprehension(self, node: ast.comprehension) -> None:
        pass

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.generic_visit(node)
        if node.name:
            self._found.add(node.name)
