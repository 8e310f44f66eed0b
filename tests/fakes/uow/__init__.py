"""A store in dictionaries. Passes the contract suite of the real one."""

from tests.fakes.uow.store import FakeDatabase, ForgetfulDatabase

__all__ = ["FakeDatabase", "ForgetfulDatabase"]
