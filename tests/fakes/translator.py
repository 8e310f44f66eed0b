"""KeyTranslator: says keys, so that tests do not depend on copy."""

from collections.abc import Mapping

from bot.domain.replies import Phrase

WORDS: Mapping[str, frozenset[str]] = {
    "command-start": frozenset({"start"}),
    "command-help": frozenset({"help", "помощь"}),
    "command-feedback": frozenset({"feedback", "отзыв"}),
    "command-person": frozenset({"person", "оператор"}),
    "command-language": frozenset({"language"}),
    "command-language-en": frozenset({"english"}),
    "words-cancel": frozenset({"отмена", "cancel", "стоп", "stop"}),
    "words-back": frozenset({"назад", "back"}),
    "words-skip": frozenset({"пропустить", "skip"}),
    "words-question": frozenset({"сколько", "как"}),
    "words-greeting": frozenset({"привет", "добрый день", "hello"}),
    "words-thanks": frozenset({"спасибо", "спасибо большое"}),
    "words-who-are-you": frozenset({"ты бот", "кто ты"}),
    "words-polite": frozenset({"пожалуйста", "и"}),
    "words-want-person": frozenset({"позовите человека"}),
    "words-joining": frozenset({"и", "а", "еще"}),
    "words-asking": frozenset({"сколько", "как", "когда", "какой", "где"}),
    "words-angry": frozenset({"тупой бот", "достали", "😡"}),
    "words-rating-5": frozenset({"отлично"}),
    "command-club": frozenset({"club"}),
    "command-history": frozenset({"history"}),
    "command-rewards": frozenset({"rewards"}),
    "command-promo": frozenset({"promo"}),
    "command-card": frozenset({"card"}),
    "command-link": frozenset({"link"}),
    "command-receipt": frozenset({"receipt", "чек"}),
    "command-receipts": frozenset({"receipts", "чеки"}),
    "words-receipt": frozenset({"чек"}),
    "command-devices": frozenset({"devices"}),
    "command-reviews": frozenset({"reviews"}),
    "command-invite": frozenset({"invite"}),
    "command-profile": frozenset({"profile"}),
    "command-settings": frozenset({"settings"}),
    "command-stop": frozenset({"stop", "стоп"}),
    "command-privacy": frozenset({"privacy"}),
    "command-mydata": frozenset({"mydata"}),
    "command-forget": frozenset({"forget"}),
    "command-join": frozenset({"join", "вступить"}),
    "words-joining-start": frozenset({"вступить"}),
    "desk-command-help": frozenset({"help"}),
    "desk-command-queue": frozenset({"queue"}),
    "desk-command-take": frozenset({"take"}),
    "desk-command-next": frozenset({"next"}),
    "desk-command-return": frozenset({"return"}),
    "desk-command-transfer": frozenset({"transfer"}),
    "desk-command-who": frozenset({"who"}),
    "desk-command-history": frozenset({"history"}),
    "desk-command-hold": frozenset({"hold"}),
    "desk-command-close": frozenset({"close"}),
    "desk-command-reopen": frozenset({"reopen"}),
    "desk-command-online": frozenset({"online", "on duty"}),
    "desk-command-offline": frozenset({"offline"}),
    "desk-command-team": frozenset({"team"}),
    "desk-command-member": frozenset({"member"}),
    "desk-command-reveal": frozenset({"reveal"}),
    "desk-command-adjust": frozenset({"adjust"}),
    "desk-command-agree": frozenset({"agree"}),
    "desk-command-decline": frozenset({"decline"}),
    "desk-command-draft": frozenset({"draft"}),
    "desk-command-send": frozenset({"send"}),
    "desk-command-canned": frozenset({"canned"}),
    "desk-command-note": frozenset({"note"}),
    "desk-command-tag": frozenset({"tag"}),
    "desk-command-priority": frozenset({"priority"}),
    "desk-command-teach": frozenset({"teach"}),
    "desk-command-approve": frozenset({"approve"}),
    "desk-command-dismiss": frozenset({"dismiss"}),
    "desk-command-proposals": frozenset({"proposals"}),
    "desk-command-ban": frozenset({"ban"}),
    "desk-command-unban": frozenset({"unban"}),
    "desk-command-undo": frozenset({"undo"}),
    "desk-command-export": frozenset({"export"}),
    "desk-command-stats": frozenset({"stats"}),
    "desk-command-award": frozenset({"award"}),
    "staff-award-review-words": frozenset({"review"}),
    "staff-award-quiz-words": frozenset({"quiz"}),
    "staff-award-poll-words": frozenset({"poll"}),
    "words-canned-add": frozenset({"+"}),
    "words-canned-remove": frozenset({"-"}),
    "words-priority-low": frozenset({"low"}),
    "words-priority-normal": frozenset({"normal"}),
    "words-priority-high": frozenset({"high"}),
    "words-priority-urgent": frozenset({"urgent"}),
    "desk-command-birthday": frozenset({"birthday"}),
    "desk-command-vouchers": frozenset({"vouchers"}),
    "desk-command-use": frozenset({"use"}),
    "desk-command-refund": frozenset({"refund"}),
    "words-minutes": frozenset({"m"}),
    "words-hours": frozenset({"h"}),
    "words-days": frozenset({"d", "дня", "дней"}),
    "words-yes": frozenset({"да"}),
    "words-no": frozenset({"нет"}),
}


class KeyTranslator:
    """`Translator` whose sentences are ``key`` or ``key(name=value)``."""

    languages = ("ru", "en")

    def text(self, phrase: Phrase, language: str) -> str:
        """Write the key down."""
        params = ", ".join(f"{name}={value}" for name, value in sorted(phrase.params.items()))
        return f"{phrase.key}({params})" if params else phrase.key

    def words(self, key: str) -> frozenset[str]:
        """Look into the short list above."""
        return WORDS.get(key, frozenset())
