"""People's days at the page, in a real browser: log in, filter, decide, hand on."""

from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from daemon.__main__ import main
from daemon.commands.arguments import Common
from daemon.commands.office import open_office
from storage.database import Connection
from storage.events import events_of_message
from storage.mails import message_lines
from storage.outbox_lists import list_items
from storage.submissions import submissions_of_unit
from tests.builders.paged_office import NOW
from tests.neighbours.browsing import log_in


class Ledger:
    """The office's database, asked beside the page."""

    def __init__(self, configuration: Path) -> None:
        self._common = Common(str(configuration), NOW, "test", None)

    def ask(self, question):  # type: ignore[no-untyped-def]
        with (
            open_office(self._common) as office,
            office.database.read() as connection,
        ):
            return question(connection)


@pytest.fixture
def ledger(office: Path) -> Ledger:
    return Ledger(office)


def held(connection: Connection) -> list[int]:
    return [line.id for line in message_lines(connection, "held")]


def test_a_wrong_password_is_told_and_the_right_one_lets_in(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/messages?state=held")
    assert "/login" in page.url
    page.fill("input[name=username]", "lan")
    page.fill("input[name=password]", "sai")
    page.click("form button[type=submit]")
    expect(page.get_by_role("alert")).to_have_text("Tên hoặc mật khẩu chưa đúng.")
    page.fill("input[name=username]", "lan")
    page.fill("input[name=password]", "mot")
    page.click("form button[type=submit]")
    # He comes to where he wanted to go.
    assert page.url == f"{address}/messages?state=held"
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{address}/")
    assert "/login" in page.url
    context.close()


def test_filters_and_sorting_do_not_reload(page: Page, address: str) -> None:
    page.evaluate("window.stayed = true")
    page.get_by_label("Tên hoặc mã").fill("phuong 1")
    expect(page.locator("#list .found")).to_have_text("6/97 đơn vị")
    assert "q=phuong%201" in page.url
    page.get_by_label("Trạng thái").select_option("missing")
    expect(page.locator("#list .found")).not_to_have_text("6/97 đơn vị")
    page.get_by_role("columnheader", name="Công trình").last.get_by_role("link").click()
    expect(page.locator("th[aria-sort=ascending]")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    page.get_by_label("Trạng thái").select_option("")
    expect(page.locator("#list .found")).to_have_text("6/97 đơn vị")
    # The order stays, and so does the page.
    expect(page.locator("th[aria-sort=ascending]")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    # The address says it all: whoever gets it sees the same.
    rows = page.locator("table.units tbody tr").count()
    page.goto(page.url)
    assert page.locator("table.units tbody tr").count() == rows
    assert page.evaluate("window.stayed") is None


def test_everything_works_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, address)
    page.get_by_label("Tên hoặc mã").fill("phuong 9")
    page.get_by_role("search").get_by_role("button", name="Lọc").click()
    expect(page.locator("#list .found")).to_have_text("1/97 đơn vị")
    page.get_by_role("link", name="Phường 9").click()
    page.get_by_text("Miễn cho đơn vị…").click()
    page.locator("form[action$=excuse] input[name=why]").fill("thử")
    page.get_by_role("button", name="Miễn, không nhắc nữa").click()
    expect(page.get_by_role("status")).to_have_text("Đơn vị được miễn.")
    page.get_by_text("rút lại…").click()
    page.get_by_label("Lý do rút lại").fill("thử xong")
    page.locator("details.undo button").click()
    expect(page.get_by_role("status")).to_have_text("Đã rút lại quyết định.")
    context.close()


def test_a_held_mail_is_decided_in_two_clicks(
    page: Page, address: str, ledger: Ledger
) -> None:
    before = ledger.ask(held)
    page.goto(f"{address}/messages?state=held")
    page.locator("table.mails tbody a", has_text="Đăng ký").first.click()
    page.get_by_role("button", name="Ghi nhận cho").first.click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận quyết định")
    expect(page.locator(".verdict")).to_contain_text("Đã xử lý")
    (decided,) = set(before) - set(ledger.ask(held))
    events = ledger.ask(lambda c: events_of_message(c, decided))
    assert ("accept", "lan") in [(e.what, e.by) for e in events]
    assert (events[-1].to, events[-1].by) != ("held", "lan")
    page.get_by_text("rút lại…").first.click()
    page.get_by_label("Lý do rút lại").fill("nhầm")
    page.locator("details.undo button").first.click()
    expect(page.locator(".verdict")).to_contain_text("Chờ cán bộ xem")


def test_a_mail_is_assigned_and_its_sender_remembered(
    page: Page, address: str, ledger: Ledger
) -> None:
    page.goto(f"{address}/messages?state=held")
    page.get_by_role("link", name="Gửi bảng đăng ký", exact=True).click()
    page.get_by_text("Chỉ định đơn vị…").click()
    form = page.locator("form[action$=assign]")
    form.locator("select[name=unit]").select_option("P03")
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chỉ định đơn vị")
    expect(page.locator(".verdict")).to_contain_text("Đã xử lý")
    versions = ledger.ask(lambda c: submissions_of_unit(c, "P03"))
    assert [v.in_force for v in versions] == [True]


def test_a_cell_is_amended(page: Page, address: str, ledger: Ledger) -> None:
    page.goto(f"{address}/units/P09")
    page.get_by_text("Điều chỉnh một ô…").click()
    form = page.locator("form[action$=amend]")
    form.get_by_label("Số thứ tự công trình").fill("2")
    form.get_by_label("Cột").select_option("time")
    form.get_by_label("Nội dung mới").fill("Tháng 9/2021")
    form.get_by_label("Lý do").fill("đơn vị gọi điện")
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Đã điều chỉnh một ô")
    expect(page.locator("ins").first).to_have_text("Tháng 9/2021")
    last = ledger.ask(lambda c: submissions_of_unit(c, "P09"))[-1]
    assert (last.kind, last.in_force) == ("amended", True)
    assert last.registrations[1].time == "Tháng 9/2021"


def test_a_paper_is_recorded_from_a_file(
    page: Page, address: str, ledger: Ledger, tmp_path: Path
) -> None:
    paper = tmp_path / "phuong-14.csv"
    paper.write_text(
        "STT,Tên công trình,Hình thức thực hiện,Thời gian,Dự kiến kết quả\n"
        "1,Sửa hẻm 12,Vận động,Tháng 6/2021,Hẻm sạch\n",
        "utf-8",
    )
    page.goto(f"{address}/units/P14")
    page.get_by_text("Nhập bản giấy").click()
    form = page.locator("form[action$=record]")
    form.locator("input[type=file]").set_input_files(paper)
    form.get_by_label("Nhận bằng cách nào").fill("qua Zalo")
    form.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận bản của đơn vị")
    (version,) = ledger.ask(lambda c: submissions_of_unit(c, "P14"))
    assert version.kind == "recorded"
    assert [r.title for r in version.registrations] == ["Sửa hẻm 12"]


def test_what_waits_is_looked_at_and_released(
    page: Page, address: str, ledger: Ledger
) -> None:
    waiting = ledger.ask(lambda c: [i for i in list_items(c) if i.reason == "release"])
    assert waiting
    page.goto(f"{address}/outbox?state=pending")
    page.locator("table.items tbody a").first.click()
    letter = page.frame_locator("iframe.letter")
    expect(letter.locator("body")).to_contain_text("Kính gửi")
    page.get_by_role("button", name="Cho gửi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã cho gửi")
    page.goto(f"{address}/outbox")
    page.get_by_text("Cho gửi tất cả…").click()
    page.get_by_role("button", name="Cho gửi cả").click()
    left = ledger.ask(lambda c: [i for i in list_items(c) if i.reason == "release"])
    assert left == []


def attachments_of(raw: bytes) -> list[bytes]:
    parts = message_from_bytes(raw).walk()
    return [p.get_payload(decode=True) for p in parts if p.get_filename()]


def test_a_file_is_downloaded_as_it_was_sent(
    page: Page, address: str, office: Path
) -> None:
    page.goto(f"{address}/messages")
    page.get_by_role("link", name="Đăng ký", exact=True).click()
    with page.expect_download() as waited:
        page.locator("table.files a").first.click()
    download = waited.value
    assert download.suggested_filename == "Phuong 13.xlsx"
    payload = Path(download.path()).read_bytes()
    mails = [path.read_bytes() for path in (office.parent / "notes").iterdir()]
    sent = [attachment for mail in mails for attachment in attachments_of(mail)]
    assert payload in sent


WHATS = ("registrations", "results", "assessment", "status")


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx"])
def test_what_the_page_exports_is_what_the_command_does(
    page: Page, office: Path, tmp_path: Path, what: str, ending: str
) -> None:
    with page.expect_download() as waited:
        page.locator(f'.exports a[href$="/{what}.{ending}"]').click()
    assert waited.value.suggested_filename == f"{what}.{ending}"
    given = Path(waited.value.path()).read_bytes()
    target = tmp_path / f"x.{ending}"
    told = ["--config", str(office), "--now", NOW]
    assert main([*told, "export", what, str(target)]) == 0
    if ending == "csv":
        assert given == target.read_bytes()
    else:
        assert given[:4] == b"PK\x03\x04"
        assert len(given) == pytest.approx(target.stat().st_size, rel=0.02)


def test_a_part_is_chosen_for_export(page: Page, address: str) -> None:
    page.get_by_text("Chọn phần cần xuất…").click()
    form = page.locator("form[action$=export]")
    form.get_by_label("Dạng").select_option("csv")
    form.get_by_label("Mã đơn vị").fill("P09")
    with page.expect_download() as waited:
        form.get_by_role("button", name="Xuất").click()
    lines = Path(waited.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 11
    assert all(",P09," in line for line in lines[1:])
    for asked in ("what=registrations&ending=exe", "what=x&ending=csv"):
        assert page.request.get(f"{address}/export?{asked}").status == 404
    for file in ("x.csv", "registrations.exe", "registrations.csv?since=x", "a.b.csv"):
        assert page.request.get(f"{address}/export/{file}").status == 404


def test_who_may_only_look_sees_no_form_that_decides(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, address, "minh", "hai")
    for path in ("/", "/messages?state=held", "/units/P09", "/outbox", "/health"):
        page.goto(f"{address}{path}")
        forms = page.locator("form[method=post]:not([action$=logout])")
        assert forms.count() == 0
        assert page.get_by_role("button", name="Cho gửi").count() == 0
    context.close()
