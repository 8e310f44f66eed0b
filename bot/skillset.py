"""Skillset: the skills and forms of a brand, in the order in which they are asked."""

from collections.abc import Mapping, Sequence

from bot.dialogue.comfort import Comfort
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Flow
from bot.dialogue.part_by_part import PartByPart
from bot.dialogue.phrases import Translator
from bot.dialogue.router import Router
from bot.dialogue.skill import Skill
from bot.dialogue.staff import Command
from bot.dialogue.turn import Turn
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import Reply
from bot.services.club.adjustments import Adjustments
from bot.services.club.attending import Attending
from bot.services.club.auditing import MemberFinder
from bot.services.club.awarding import Awarding
from bot.services.club.cards import Cards
from bot.services.club.happenings import Happenings
from bot.services.club.linking import Linking
from bot.services.club.privacy import Privacy
from bot.services.club.promo import PromoCodes
from bot.services.desk.tickets import Tickets
from bot.services.feedback import FeedbackService
from bot.services.ports import Answers, Clock
from bot.skills.club.about import AboutMember
from bot.skills.club.attending import AttendingCommands
from bot.skills.club.awarding import AwardingCommands
from bot.skills.club.card import CardSkill
from bot.skills.club.care import CareParts
from bot.skills.club.consents import ConsentsSkill, consent_flow
from bot.skills.club.device_form import device_flow
from bot.skills.club.devices import DevicesSkill, owned
from bot.skills.club.disputes import DisputesSkill
from bot.skills.club.inviting import InvitingSkill
from bot.skills.club.joining import JoiningSkill, joining_flow
from bot.skills.club.linking import LinkingSkill
from bot.skills.club.notices import NoticesSkill
from bot.skills.club.phone import JoiningParts
from bot.skills.club.points import PointsSkill
from bot.skills.club.privacy import PrivacySkill
from bot.skills.club.profile import ProfileSkill, profile_flow
from bot.skills.club.promo import PromoSkill, promo_flow
from bot.skills.club.receipts import ReceiptsSkill
from bot.skills.club.registering import register_typed
from bot.skills.club.reviews import ReviewsSkill
from bot.skills.club.rewards import RewardsSkill
from bot.skills.club.settings import SettingsSkill
from bot.skills.club.typed_receipt import typed_receipt_flow
from bot.skills.desk.desk import make_desk
from bot.skills.desk.parts import DeskParts, Teach
from bot.skills.desk.scoring import score_flow
from bot.skills.fallback import FallbackSkill
from bot.skills.feedback import FeedbackSkill, feedback_flow
from bot.skills.help import HelpSkill
from bot.skills.language import LanguageSkill
from bot.skills.pages import PagesSkill
from bot.skills.people import PeopleSkill
from bot.skills.questions.cards import label
from bot.skills.questions.skill import QuestionsSkill
from bot.skills.ratings import RatingsSkill
from bot.skills.smalltalk import SmalltalkSkill
from bot.skills.welcome import WelcomeSkill


def make_dialogue(
    answers: Answers,
    translator: Translator,
    clock: Clock,
    *,
    joining: JoiningParts | None = None,
    care: CareParts | None = None,
    tickets: Tickets | None = None,
    teach: Teach | None = None,
) -> Dialogue:
    """Connect the skills, in the order in which they are asked.

    Without `joining` there is no club to join; without `tickets` nobody is called into the chat; `teach` keeps answers
    of operators for the bot.
    """
    contacts = PeopleSkill(translator)
    parts = _desk_parts(answers, translator, tickets, joining, teach) if tickets is not None else None
    tells = [profile_flow(care)] if care is not None else []
    scores = [score_flow(parts)] if parts is not None else []
    feedback = feedback_flow(FeedbackService())
    flows = FlowEngine([feedback, *(_club_flows(joining) if joining else []), *tells, *scores], translator)
    more = _attending_commands(joining, translator) if joining is not None else {}
    desk = make_desk(parts, contacts, more, flows) if parts is not None else None
    skills: tuple[Skill, ...] = (
        WelcomeSkill(answers, has_club=joining is not None),
        HelpSkill(has_club=joining is not None),
        LanguageSkill(),
        FeedbackSkill(flows),
        *_club_skills(flows, translator, joining),
        *_care_skills(flows, care),
        PagesSkill(),
        RatingsSkill(),
        *((desk.skill, desk.calling) if desk is not None else (contacts,)),
        SmalltalkSkill(translator),
        Comfort(PartByPart(QuestionsSkill(answers, owned if joining is not None else None), translator), translator),
        FallbackSkill(),
    )
    router = Router(skills, translator)
    return Dialogue(
        router=router,
        flows=flows,
        answers=answers,
        translator=translator,
        clock=clock,
        takes_each_picture=joining is not None,
        front=desk.front if desk is not None else None,
    )


def _desk_parts(
    answers: Answers, translator: Translator, tickets: Tickets, joining: JoiningParts | None, teach: Teach | None
) -> DeskParts:
    """Connect what the desk is made of."""
    about = AboutMember(joining.club) if joining is not None else None
    language = answers.brand.languages[0]
    return DeskParts(
        tickets=tickets,
        translator=translator,
        answers=answers,
        about=about,
        label=lambda hit: label(hit, language),
        teach=teach,
    )


def _attending_commands(joining: JoiningParts, translator: Translator) -> Mapping[str, Command]:
    """Connect what the staff does for members."""
    club = joining.club
    finder = MemberFinder(joining.phones, region=joining.region)
    attending = Attending(Adjustments(club.points), club.rewards, finder)
    awarding = Awarding(Happenings(club.accruals, lambda _: frozenset()), finder)
    return {**AttendingCommands(club, attending).table, **AwardingCommands(club, awarding, translator).table}


def _club_flows(joining: JoiningParts) -> Sequence[Flow]:
    club = joining.club

    async def register(turn: Turn, receipt: Receipt) -> Sequence[Reply]:
        return await register_typed(turn, receipt, club.receipts)

    return (
        joining_flow(joining),
        consent_flow(joining),
        typed_receipt_flow(club.program, register),
        device_flow(club),
        promo_flow(club, PromoCodes(club.points)),
    )


def _club_skills(flows: FlowEngine, translator: Translator, joining: JoiningParts | None) -> Sequence[Skill]:
    if joining is None:
        return ()
    club = joining.club
    return (
        JoiningSkill(flows, joining),
        ConsentsSkill(flows, joining),
        PointsSkill(club, joining.terms),
        RewardsSkill(club),
        PromoSkill(flows, club, PromoCodes(club.points)),
        CardSkill(club, Cards()),
        LinkingSkill(Linking(joining.chance, club.points, club.program)),
        PrivacySkill(Privacy(), joining.terms),
        ReceiptsSkill(flows, club.receipts, translator),
        ReviewsSkill(club.receipts, club.program),
        DevicesSkill(flows, club.devices),
        DisputesSkill(club.devices),
    )


def _care_skills(flows: FlowEngine, care: CareParts | None) -> Sequence[Skill]:
    if care is None:
        return ()
    return NoticesSkill(care), SettingsSkill(care), InvitingSkill(care), ProfileSkill(flows, care)
