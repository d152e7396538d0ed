"""What is wrong with a batch file, by line."""

import msgspec

from maquette.core.errors import InputError


class BatchProblem(msgspec.Struct, frozen=True, order=True):
    """One mistake: the line it is in, counted from 1 (0 for the whole file), and one sentence."""

    line: int
    message: str


class BatchError(InputError):
    """A batch file that cannot be used; `problems` are all its mistakes, by line."""

    def __init__(self, problems: tuple[BatchProblem, ...]) -> None:
        super().__init__(" ".join(problem.message for problem in problems[:1]))
        self.problems = tuple(sorted(problems))
