"""`klubok staff`: who of the brand works in the bot."""

# ruff: noqa: PLC0415 - start-up time: see bot/cli/__init__.py

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Optional, TypeVar

import typer

from bot.cli.errors import explained
from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.staff import Role, StaffMember
from bot.services.ports import UnitOfWork

CHANNELS = ("telegram", "vk", "console")
_T = TypeVar("_T")

staff_cli = typer.Typer(help="Say who of the brand works in the bot.", no_args_is_help=True)
AccountArgument = Annotated[str, typer.Argument(help="Platform and account, such as telegram:123456789 or vk:1.")]
_ROLES = ", ".join(Role)
StaffDatabaseOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads it at run time
    typer.Option("--db", help="Database URL. Default: KLUBOK_DATABASE_URL."),
]


@staff_cli.command("add")
def staff_add(
    context: typer.Context,
    account: AccountArgument,
    role: Annotated[str, typer.Argument(help=f"What they do: {_ROLES}.")],
    *,
    db: StaffDatabaseOption = None,
) -> None:
    """Give somebody a role. They write to the bot once before, so that it may write to them."""
    with explained(context):
        member = StaffMember(address=read_account(account), role=read_role(role))
        is_new = _with_database(db, lambda uow: keep_staff(uow, [member]))
        typer.echo(f"{account} is {role}." if is_new else f"{account} was {role} already.")


@staff_cli.command("invite")
def staff_invite(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help=f"What they will do: {_ROLES}.")],
    *,
    db: StaffDatabaseOption = None,
) -> None:
    """Print links that give their first follower a role, once, within three days."""
    from bot.runtime.chance import SystemChance
    from bot.runtime.clock import SystemClock
    from bot.services.invitations import GOOD_FOR, invite

    with explained(context):
        wanted = read_role(role)
        code = _with_database(db, lambda uow: invite(uow, wanted, SystemChance(), now=SystemClock().now()))
        typer.echo(f"For one {wanted}, once, within {GOOD_FOR.days} days; put in the name of your bot or community:")
        typer.echo(f"  https://t.me/YOUR_BOT?start=staff_{code}")
        typer.echo(f"  https://vk.me/YOUR_COMMUNITY?ref=staff_{code}")


@staff_cli.command("remove")
def staff_remove(
    context: typer.Context,
    account: AccountArgument,
    role: Annotated[Optional[str], typer.Argument(help="Default: every role.")] = None,  # noqa: UP045
    *,
    db: StaffDatabaseOption = None,
) -> None:
    """Take a role from somebody, or all of them."""
    with explained(context):
        address, taken = read_account(account), read_role(role) if role else None
        count = _with_database(db, lambda uow: uow.staff.remove(address, taken))
        typer.echo(f"{account} lost {count} role{'s' * (count != 1)}.")


@staff_cli.command("list")
def staff_list(context: typer.Context, *, db: StaffDatabaseOption = None) -> None:
    """Show everybody with their roles."""
    with explained(context):
        for member in _with_database(db, lambda uow: uow.staff.all()):
            typer.echo(f"{member.address.channel}:{member.address.user_id} {member.role}")


def read_account(text: str) -> Address:
    """Read ``telegram:123456789`` as the private chat of that account.

    Raises:
        ConfigurationError: it is none.
    """
    channel, _, user = text.partition(":")
    if channel not in CHANNELS or not user.strip():
        raise ConfigurationError(f"expected {', '.join(f'{name}:ACCOUNT' for name in CHANNELS)}, not {text!r}")
    return Address(ChannelName(channel), user.strip(), user.strip())


def read_role(text: str) -> Role:
    """Read a role.

    Raises:
        ConfigurationError: there is no such role.
    """
    try:
        return Role(text.strip().lower())
    except ValueError:
        raise ConfigurationError(f"there is no role {text!r}; known are {_ROLES}") from None


def read_console_staff(given: Sequence[str]) -> list[StaffMember]:
    """Read what `klubok chat --staff` was given, such as ``op1:operator``.

    Raises:
        ConfigurationError: it is something else.
    """
    members = []
    for text in given:
        user, _, role = text.rpartition(":")
        if not user:
            raise ConfigurationError(f"--staff takes USER:ROLE, such as op1:operator, not {text!r}")
        members.append(StaffMember(address=read_account(f"console:{user}"), role=read_role(role)))
    return members


async def keep_staff(uow: UnitOfWork, members: Sequence[StaffMember]) -> int:
    """Give roles; return how many are new. Never commits."""
    from bot.runtime.clock import SystemClock

    return sum([await uow.staff.add(member, at=SystemClock().now()) for member in members])


def _with_database(url: str | None, work: Callable[[UnitOfWork], Awaitable[_T]]) -> _T:
    from bot.settings import load_settings
    from bot.storage.database import open_database
    from bot.storage.schema import prepare

    async def run() -> _T:
        async with open_database(url or load_settings().database_url.get_secret_value()) as database:
            await prepare(database)
            async with database.unit_of_work() as uow:
                done = await work(uow)
                await uow.commit()
        return done

    return asyncio.run(run())
