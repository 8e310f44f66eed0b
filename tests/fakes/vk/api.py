"""Api: one call of a method from its token to its answer, whoever brought it."""

import time
from collections import deque
from collections.abc import Callable, Mapping

from tests.fakes.vk.context import Context
from tests.fakes.vk.faults import CODES, FaultScripts
from tests.fakes.vk.methods import groups, inbox, media, messages, others
from tests.fakes.vk.params import Params
from tests.fakes.vk.script import parse_script
from tests.fakes.vk.spec import Spec
from tests.fakes.vk.transcript import Call, Transcript
from tests.fakes.vk.wire import MESSAGES, BadRequestError, JsonObject, VkError, error_body

VERSION = "5.199"
TABLES = (messages.METHODS, inbox.METHODS, media.METHODS, groups.METHODS, others.METHODS)
METHODS: dict[str, Callable[[Context, Params], object]] = {
    name: method for table in TABLES for name, method in table.items()
}
SECTIONS = {"messages": "messages", "photos": "photos", "docs": "docs", "wall": "wall"}
OPEN_GROUPS = frozenset({"groups.getById", "groups.getTokenPermissions"})
CALL_CODES = CODES | frozenset(MESSAGES)


class Rate:
    """Counts accepted requests in any one second."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        self._times: deque[float] = deque()

    def count(self, at: float) -> None:
        """Count a request.

        Raises:
            VkError: 6.
        """
        if self.most is None:
            return
        while self._times and self._times[0] <= at - 1:
            self._times.popleft()
        if len(self._times) >= self.most:
            raise VkError(6)
        self._times.append(at)


class Api:
    """Checks and performs calls."""

    def __init__(
        self, context: Context, spec: Spec, faults: FaultScripts, transcript: Transcript, *, token: str
    ) -> None:
        self.rate = Rate(20)
        self.token = token
        self._context = context
        self._spec = spec
        self._faults = faults
        self._transcript = transcript

    def answer(self, call: Call, params: Mapping[str, str]) -> JsonObject:
        """Perform a call; a refusal is an answer too."""
        try:
            with self._context.world.lock:
                self._authorise(params)
                result = self._execute(params) if call.method == "execute" else self._perform(call.method, params)
        except VkError as error:
            return self.refuse(call, error)
        call.outcome, call.performed = "ok", True
        call.result = result["response"]
        return result

    def refuse(self, call: Call, error: VkError) -> JsonObject:
        """Form a refusal and record it."""
        call.outcome = f"error {error.code}"
        if error.is_violation:
            self._transcript.blame(call.method, error.message, call.params)
        return error_body(error, call.method, call.params)

    def _authorise(self, params: Mapping[str, str]) -> None:
        if "v" not in params:
            raise BadRequestError("v (version) is required", 8)
        if params["v"] != VERSION:
            raise BadRequestError(f"the fake speaks {VERSION}, not {params['v']}", 8)
        if "access_token" not in params:
            raise VkError(5, "no access_token passed.")
        if params["access_token"] != self.token:
            raise VkError(5, "invalid access_token (4).")

    def _perform(self, method: str, params: Mapping[str, str]) -> JsonObject:
        world = self._context.world
        self._demand_right(method)
        self._spec.check_request(method, params)
        if params.get("group_id", str(world.group_id)) != str(world.group_id) and method not in OPEN_GROUPS:
            raise VkError(15)
        return {"response": METHODS[method](self._context, Params(params))}

    def _demand_right(self, method: str) -> None:
        if self._spec.is_present and not self._spec.knows(method):
            raise BadRequestError(method, 3)
        if not self._spec.takes_group_token(method):
            raise VkError(27, "method is unavailable with group auth.")
        if method not in METHODS:
            self._context.world.not_implemented[method] += 1
            raise VkError(3, f"{method} is not implemented in the fake")
        section = method.partition(".")[0]
        right = SECTIONS.get(section, "manage" if section == "groups" and method not in OPEN_GROUPS else "")
        if right and right not in self._context.world.permissions:
            raise VkError(15, "no access to call this method. It cannot be called with current scopes.")

    def _execute(self, params: Mapping[str, str]) -> JsonObject:
        self._spec.check_request("execute", params)
        results: list[object] = []
        errors: list[JsonObject] = []
        for method, arguments in parse_script(params["code"]):
            call = self._transcript.open(method, arguments, at=time.monotonic(), is_inside_execute=True)
            try:
                results.append(self._perform_inside(call, arguments))
            except VkError as error:
                self.refuse(call, error)
                results.append(False)
                errors.append({"method": method, "error_code": error.code, "error_msg": error.message})
        answer: JsonObject = {"response": results}
        return answer | ({"execute_errors": errors} if errors else {})

    def _perform_inside(self, call: Call, arguments: Mapping[str, str]) -> object:
        fault = self._faults.take(call.method, kinds=CALL_CODES)
        if fault is not None:
            raise VkError(int(fault.kind))
        result = self._perform(call.method, arguments)["response"]
        call.outcome, call.performed, call.result = "ok", True, result
        return result
