from daemon.mailbox.folders import Listed, choose
from daemon.mailbox.listing import FolderName, MissingFolder


def a_folder(name: str, *flags: str) -> Listed:
    return Listed(frozenset(flags), "/", name)


def test_junk_is_found_by_its_flag_whatever_it_is_called() -> None:
    listed = [
        a_folder("INBOX"),
        a_folder("[Gmail]/Thư rác", "\\junk"),
        a_folder("Spam"),
    ]
    assert choose(listed, ["\\Junk"]) == (
        FolderName("[Gmail]/Thư rác", "\\Junk", True),
    )


def test_gmails_older_name_of_the_flag_is_known() -> None:
    listed = [a_folder("[Gmail]/X", "\\spam")]
    assert choose(listed, ["\\Junk"]) == (FolderName("[Gmail]/X", "\\Junk", True),)


def test_without_any_flag_the_usual_names_are_tried() -> None:
    listed = [a_folder("Mail/Sent Items"), a_folder("Spam")]
    assert choose(listed, ["\\Sent", "\\Junk"]) == (
        FolderName("Mail/Sent Items", "\\Sent"),
        FolderName("Spam", "\\Junk", True),
    )


def test_a_missing_folder_is_named_in_its_place() -> None:
    found = choose([a_folder("INBOX")], ["Hồ sơ", "inbox"])
    assert found == (MissingFolder("Hồ sơ"), FolderName("INBOX", "inbox"))


def test_a_folder_that_cannot_be_opened_is_missing() -> None:
    assert choose([a_folder("A", "\\noselect")], ["A"]) == (MissingFolder("A"),)


def test_a_folder_that_is_asked_for_twice_is_watched_once() -> None:
    listed = [a_folder("Spam", "\\junk")]
    found = choose(listed, ["Spam", "\\Junk"])
    assert found == (FolderName("Spam", "Spam", True),)


def test_only_inbox_is_the_same_in_any_case() -> None:
    assert choose([a_folder("Thư")], ["thư"]) == (MissingFolder("thư"),)
