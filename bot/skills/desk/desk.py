"""make_desk: the skills of the desk, connected."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.front import Front
from bot.dialogue.skill import Skill
from bot.dialogue.staff import Command
from bot.skills.desk.blocking import Blocking
from bot.skills.desk.calling import CallingSkill
from bot.skills.desk.commands import DeskCommands
from bot.skills.desk.customers import CustomerSide
from bot.skills.desk.drafts import Drafts
from bot.skills.desk.ending import Ending
from bot.skills.desk.front import DeskFront
from bot.skills.desk.looking import Looking
from bot.skills.desk.marking import Marking
from bot.skills.desk.operators import OperatorSide
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.reporting import Reporting
from bot.skills.desk.skill import DeskSkill
from bot.skills.desk.staffing import Staffing
from bot.skills.desk.taking import Taking
from bot.skills.desk.teaching import Teaching
from bot.skills.desk.undoing import Undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What takes turns first, what answers timers, and what calls people."""

    front: Front
    skill: Skill
    calling: Skill


def make_desk(parts: DeskParts, contacts: Skill, more: Mapping[str, Command], flows: FlowEngine) -> Desk:
    """Connect the desk; `contacts` tells the other ways to reach people, `more` are further commands of the staff."""
    taking = Taking(parts)
    ending = Ending(parts, taking)
    commands = DeskCommands(parts.translator, {**_table(parts, taking, ending), **more})
    return Desk(
        front=DeskFront(parts, customers=CustomerSide(parts), operators=OperatorSide(parts, commands)),
        skill=DeskSkill(parts),
        calling=CallingSkill(contacts, parts, flows),
    )


def _table(parts: DeskParts, taking: Taking, ending: Ending) -> Mapping[str, Command]:
    """Every command by its name, which buttons have: ``desk.take``."""
    looking, staffing = Looking(parts, taking), Staffing()
    return {
        **_helping(parts, taking),
        "help": Command("desk-command-help", staffing.help),
        "queue": Command("desk-command-queue", taking.queue),
        "take": Command("desk-command-take", taking.take),
        "next": Command("desk-command-next", taking.next),
        "return": Command("desk-command-return", taking.give_back),
        "transfer": Command("desk-command-transfer", taking.transfer),
        "who": Command("desk-command-who", looking.who),
        "history": Command("desk-command-history", looking.history),
        "hold": Command("desk-command-hold", ending.hold),
        "close": Command("desk-command-close", ending.close),
        "reopen": Command("desk-command-reopen", ending.reopen),
        "online": Command("desk-command-online", staffing.online),
        "offline": Command("desk-command-offline", staffing.offline),
        "team": Command("desk-command-team", staffing.team),
    }


def _helping(parts: DeskParts, taking: Taking) -> Mapping[str, Command]:
    """Commands about what is said and to whom."""
    drafts, teaching, marking = Drafts(parts, taking), Teaching(parts, taking), Marking(parts, taking)
    blocking = Blocking(parts, taking)
    return {
        "draft": Command("desk-command-draft", drafts.draft),
        "send": Command("desk-command-send", drafts.send),
        "canned": Command("desk-command-canned", drafts.canned),
        "note": Command("desk-command-note", marking.note),
        "tag": Command("desk-command-tag", marking.tag),
        "priority": Command("desk-command-priority", marking.priority),
        "teach": Command("desk-command-teach", teaching.teach),
        "approve": Command("desk-command-approve", teaching.approve),
        "dismiss": Command("desk-command-dismiss", teaching.dismiss),
        "proposals": Command("desk-command-proposals", teaching.proposals),
        "ban": Command("desk-command-ban", blocking.ban),
        "unban": Command("desk-command-unban", blocking.unban),
        "undo": Command("desk-command-undo", Undoing(parts).undo),
        "export": Command("desk-command-export", Reporting().export),
        "stats": Command("desk-command-stats", Reporting().stats),
    }
