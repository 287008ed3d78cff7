# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``lab``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Lab:
    """Operations of ``lab``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def change_golden_case(self, case_id: Id, body: models.GoldenCaseChange) -> models.GoldenCase:
        """Correct or retire a case.

        Absent fields stay. Runs keep what they measured with.

        Errors: CaseNotFound, CaseUnfit.
        """
        return self._transport.call(
            models.GoldenCase, "PATCH", "/api/v1/lab/cases/{}", case_id, body=body
        )

    def list_lab_changes(
        self,
        *,
        state: Literal["waiting"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.LabChanges:
        """List held changes.

        The newest first; ``state`` waiting: only those that are being checked or were held
        back.

        Errors: BadCursor.
        """
        return self._transport.call(
            models.LabChanges,
            "GET",
            "/api/v1/lab/changes",
            query={"state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_lab_changes(
        self, *, state: Literal["waiting"] | None = None, limit: int | None = None
    ) -> Iterator[models.LabChange]:
        """Every item of :meth:`list_lab_changes`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_lab_changes(state=state, limit=limit, cursor=place)
        )

    def get_lab_change(self, change_id: Id) -> models.LabChangeDetail:
        """One held change.

        With its runs and the cases that it broke. Also for writers of articles, of changes of
        articles.

        Errors: ChangeNotFound.
        """
        return self._transport.call(
            models.LabChangeDetail, "GET", "/api/v1/lab/changes/{}", change_id
        )

    def override_lab_change(
        self, change_id: Id, body: models.LabOverride, *, idempotency_key: str | None = None
    ) -> models.LabChange:
        """Make a change all the same.

        Although it is worse, or before it was checked. The reason stands in the audit log.

        Errors: ArticleNotFound, ChangeNotFound, ChangeOver, NotUsable, UnknownReference,
        UnknownSkill, VersionNotFound.
        """
        return self._transport.call(
            models.LabChange,
            "POST",
            "/api/v1/lab/changes/{}/override",
            change_id,
            body=body,
            key=idempotency_key,
        )

    def withdraw_lab_change(
        self, change_id: Id, *, idempotency_key: str | None = None
    ) -> models.LabChange:
        """Take a held change back.

        It is not made.

        Errors: ChangeNotFound, ChangeOver.
        """
        return self._transport.call(
            models.LabChange,
            "POST",
            "/api/v1/lab/changes/{}/withdraw",
            change_id,
            key=idempotency_key,
        )

    def get_lab_run(self, lab_run_id: Id) -> models.LabRun:
        """One run.

        With its figures.

        Errors: RunNotFound.
        """
        return self._transport.call(models.LabRun, "GET", "/api/v1/lab/runs/{}", lab_run_id)

    def cancel_lab_run(
        self, lab_run_id: Id, *, idempotency_key: str | None = None
    ) -> models.LabRun:
        """Cancel a run.

        Nothing of it is kept. A run that a change waits for ends when the change is taken back.

        Errors: RunNotFound, RunOver.
        """
        return self._transport.call(
            models.LabRun, "POST", "/api/v1/lab/runs/{}/cancel", lab_run_id, key=idempotency_key
        )

    def list_lab_outcomes(
        self,
        lab_run_id: Id,
        *,
        which: Literal["all", "broke", "mended", "wrong"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.LabOutcomes:
        """List what a run said.

        Case by case: all, those that broke or were mended beside the base, or those that are
        not right.

        Errors: BadCursor, RunNotFound.
        """
        return self._transport.call(
            models.LabOutcomes,
            "GET",
            "/api/v1/lab/runs/{}/outcomes",
            lab_run_id,
            query={"which": which, "limit": limit, "cursor": cursor},
        )

    def iterate_lab_outcomes(
        self,
        lab_run_id: Id,
        *,
        which: Literal["all", "broke", "mended", "wrong"] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.LabOutcome]:
        """Every item of :meth:`list_lab_outcomes`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_lab_outcomes(lab_run_id, which=which, limit=limit, cursor=place)
        )

    def list_golden_sets(self) -> models.GoldenSets:
        """List golden sets.

        By name, each with its last run.
        """
        return self._transport.call(models.GoldenSets, "GET", "/api/v1/lab/sets")

    def create_golden_set(
        self, body: models.GoldenSetIn, *, idempotency_key: str | None = None
    ) -> models.GoldenSet:
        """Add a golden set.

        Empty; cases come from tickets, by hand or from a file.

        Errors: CaseUnfit, SetUnfit, UnknownSkill.
        """
        return self._transport.call(
            models.GoldenSet, "POST", "/api/v1/lab/sets", body=body, key=idempotency_key
        )

    def get_golden_set(self, set_id: Id) -> models.GoldenSet:
        """One golden set.

        With its last run.

        Errors: SetNotFound.
        """
        return self._transport.call(models.GoldenSet, "GET", "/api/v1/lab/sets/{}", set_id)

    def change_golden_set(self, set_id: Id, body: models.GoldenSetChange) -> models.GoldenSet:
        """Change a golden set.

        Absent fields stay.

        Errors: SetNotFound, SetUnfit, UnknownSkill.
        """
        return self._transport.call(
            models.GoldenSet, "PATCH", "/api/v1/lab/sets/{}", set_id, body=body
        )

    def delete_golden_set(self, set_id: Id) -> None:
        """Remove a golden set.

        With its cases and runs. Nothing waits for it any more, and its messages may be learned
        from.

        Errors: SetNotFound.
        """
        self._transport.send("DELETE", "/api/v1/lab/sets/{}", set_id)

    def list_golden_cases(
        self,
        set_id: Id,
        *,
        q: str | None = None,
        state: Literal["active", "retired"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.GoldenCases:
        """List cases.

        The newest first; ``q`` is a part of the text, or the label.

        Errors: BadCursor, SetNotFound.
        """
        return self._transport.call(
            models.GoldenCases,
            "GET",
            "/api/v1/lab/sets/{}/cases",
            set_id,
            query={"q": q, "state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_golden_cases(
        self,
        set_id: Id,
        *,
        q: str | None = None,
        state: Literal["active", "retired"] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.GoldenCase]:
        """Every item of :meth:`list_golden_cases`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_golden_cases(
                set_id, q=q, state=state, limit=limit, cursor=place
            )
        )

    def add_golden_case(
        self, set_id: Id, body: models.GoldenCaseIn, *, idempotency_key: str | None = None
    ) -> models.GoldenCase:
        """Add a case.

        A text, or the first message of a ticket. Personal data in it becomes tokens.

        Errors: CaseAlike, CaseUnfit, SetFull, SetNotFound, TicketNotFound.
        """
        return self._transport.call(
            models.GoldenCase,
            "POST",
            "/api/v1/lab/sets/{}/cases",
            set_id,
            body=body,
            key=idempotency_key,
        )

    def export_golden_cases(
        self, set_id: Id, *, part: Literal["cases", "training", "articles"] | None = None
    ) -> bytes:
        """Export cases.

        Files that ``yizhan eval`` reads: the cases, and beside them what they are measured
        with, the ``training`` examples or the ``articles``.

        Errors: CaseUnfit, SetNotFound.
        """
        return self._transport.fetch(
            "GET", "/api/v1/lab/sets/{}/export", set_id, query={"part": part}
        )

    def gather_golden_cases(
        self, set_id: Id, *, idempotency_key: str | None = None
    ) -> models.GoldenSet:
        """Take cases from resolved tickets.

        In the background, of tickets that you see and that the set's filters fit; ``gathering``
        tells how it goes. Tickets that were opened again, and what is near to a case that there
        is, are left out.

        Errors: GatheringRuns, SetFull, SetNotFound.
        """
        return self._transport.call(
            models.GoldenSet, "POST", "/api/v1/lab/sets/{}/gather", set_id, key=idempotency_key
        )

    def import_golden_cases(
        self, set_id: Id, body: models.CasesFile, *, idempotency_key: str | None = None
    ) -> models.CasesAdded:
        """Import cases.

        Lines as ``yizhan eval`` reads them. Of a file with an unreadable line nothing is taken.

        Errors: CaseUnfit, LinesUnreadable, SetNotFound, SetUnfit, UnknownSkill.
        """
        return self._transport.call(
            models.CasesAdded,
            "POST",
            "/api/v1/lab/sets/{}/import",
            set_id,
            body=body,
            key=idempotency_key,
        )

    def list_lab_runs(self, set_id: Id) -> models.LabRuns:
        """List runs.

        The newest sixty.

        Errors: SetNotFound.
        """
        return self._transport.call(models.LabRuns, "GET", "/api/v1/lab/sets/{}/runs", set_id)

    def start_lab_run(
        self, set_id: Id, body: models.LabRunIn, *, idempotency_key: str | None = None
    ) -> models.LabRun:
        """Measure a set.

        In the background: what is in use, or a version that is not. Ask for the run to see how
        far it is.

        Errors: SetEmpty, SetNotFound, VersionUnfit.
        """
        return self._transport.call(
            models.LabRun,
            "POST",
            "/api/v1/lab/sets/{}/runs",
            set_id,
            body=body,
            key=idempotency_key,
        )
