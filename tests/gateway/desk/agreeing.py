"""What one part asks of another, held against what that has."""

import inspect


def agrees(asked: type, has: type) -> None:
    """Fail unless each method that is asked for is there, under the same names."""
    methods = {name: method for name, method in vars(asked).items() if inspect.isfunction(method) and name[0] != "_"}
    assert methods
    for name, method in methods.items():
        wanted, found = inspect.signature(method).parameters, inspect.signature(getattr(has, name)).parameters
        assert list(found) == list(wanted), name
        assert inspect.iscoroutinefunction(getattr(has, name)) == inspect.iscoroutinefunction(method)
