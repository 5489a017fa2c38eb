"""What makes a reminder one stands in the schema itself."""

from sqlalchemy import UniqueConstraint

from storage.tables import reminders


def test_a_reminder_is_one_of_its_six_words() -> None:
    (unique,) = (c for c in reminders.constraints if isinstance(c, UniqueConstraint))
    assert [column.name for column in unique.columns] == [
        *("campaign", "unit", "phase", "deadline", "step", "audience")
    ]
