"""The HTML report: whole in one file, honest about what it cannot show."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from gouji.checking.result import CheckResult
from gouji.reports.page import html_text, write_html

FILE = "决算.pdf"
CLASSES = ("suspect", "candidate", "basis")


def tree_of(text):
    return html.document_fromstring(text)


def words_of(tree):
    for style in tree.iter("style"):
        style.text = ""
    return tree.text_content()


def test_verdict_cards_and_coverage(result, pdf, rules):
    tree = tree_of(html_text(result, {FILE: pdf}, rules))
    assert tree.xpath("//h1")[0].text == "发现 2 处错误、1 处疑点、1 处提示；另有 1 处四舍五入尾差"
    assert len(tree.xpath("//article")) == 4
    card = tree.xpath("//article[1]")[0].text_content()
    figures = ("152.94万元", "192.93万元", "-39.99万元", "178.53＋14.38")
    for words in (*figures, "有 3 项相互独立", "合计等于各项之和"):
        assert words in card
    assert "是方向写错还是原因写错，不能判定。" in tree.xpath("//article[3]")[0].text_content()
    roundings = tree.xpath("//details[@class='roundings']")[0]
    assert "open" not in roundings.attrib
    assert "工资福利支出小计" in roundings.text_content()
    coverage = tree.get_element_by_id("coverage").text_content()
    for words in ("支出决算表", "没有提供2023年度决算", "附表 其他", "第2页有隐藏文字", "520"):
        assert words in coverage


def test_every_link_leads_somewhere(result, pdf, rules):
    tree = tree_of(html_text(result, {FILE: pdf}, rules))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//a/@href | //use/@href")
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_nothing_is_loaded_from_elsewhere(result, pdf, rules):
    text = html_text(result, {FILE: pdf}, rules)
    tree = tree_of(text)
    assert not tree.xpath("//script | //link | //iframe | //img | //@style | //@*[starts-with(name(), 'on')]")
    assert "url(" not in text
    assert "@import" not in text
    assert not re.search(r"https?:|//[a-z]", re.sub(r"base64,[^\"]*", "", text))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_pictures_once_and_frames_in_place(result, pdf, rules):
    tree = tree_of(html_text(result, {FILE: pdf}, rules))
    images = tree.xpath("//image")
    assert [(i.get("width"), i.get("height")) for i in images] == [("595.3", "841.9"), ("841.9", "595.3")]
    picture = Image.open(io.BytesIO(base64.b64decode(images[1].get("href").partition(",")[2])))
    assert picture.width > picture.height
    band, whole = tree.xpath("//article[1]//figure[1]//svg")
    assert band.get("viewbox") == "0 162.5 595.3 89"
    assert whole.get("viewbox") == "0 0 595.3 841.9"
    (group,) = band.xpath(".//g")
    assert group.get("class") == "suspect"
    frame = group.xpath("rect")[0]
    assert [frame.get(key) for key in ("x", "y", "width", "height")] == ["98.5", "198.5", "63", "17"]
    assert group.text_content() == "1"
    assert tree.xpath("//article[3]//svg//g/@class") == ["candidate", "candidate"]
    assert tree.xpath("//article[1]//figure[2]//g/@class") == ["basis", "basis"]


def test_far_apart_places_get_bands_of_their_own(make_finding, make_evidence, make_document, pdf):
    near, far = (100.0, 210.0, 160.0, 224.0), (100.0, 700.0, 160.0, 714.0)
    places = (make_evidence(box=far, suspect=True), make_evidence(), make_evidence(box=near))
    checked = CheckResult([make_document(violated=1)], [make_finding(evidence=places)])
    tree = tree_of(html_text(checked, {FILE: pdf}))
    first, second, whole = tree.xpath("//article//svg")
    assert [len(view.xpath(".//g")) for view in (first, second, whole)] == [2, 1, 3]
    assert "标出第2、3处" in first.get("aria-label")
    assert whole.xpath(".//g/@class")[-1] == "suspect"


@pytest.mark.parametrize(
    "box",
    [
        None,
        (float("nan"), 0.0, 1.0, 1.0),
        (5000.0, 5000.0, 5100.0, 5100.0),
        (-50.0, -50.0, -10.0, -10.0),
    ],
)
def test_a_place_that_cannot_be_framed(make_finding, make_evidence, make_document, pdf, box):
    one = make_finding(evidence=(make_evidence(box=box),))
    tree = tree_of(html_text(CheckResult([make_document(violated=1)], [one]), {FILE: pdf}))
    assert "不能标出具体位置" in tree.xpath("//figcaption")[0].text_content()
    assert len(tree.xpath("//article//svg")) == 1
    assert not tree.xpath("//g")


def test_a_box_turned_round_or_over_the_edge(make_finding, make_evidence, make_document, pdf):
    one = make_finding(evidence=(make_evidence(box=(160.0, 214.0, -5.0, 200.0)),))
    tree = tree_of(html_text(CheckResult([make_document(violated=1)], [one]), {FILE: pdf}))
    assert tree.xpath("//article//svg[1]//rect/@x")[0] == "0"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "文件已不在原处或无法读取，未附页面图像"),
        (b"PK\x03\x04", "不是 PDF，没有页面图像，未附页面图像"),
        (b"%PDF-1.7\nbroken", "文件打不开或已损坏，未附页面图像"),
    ],
)
def test_a_file_that_cannot_be_shown(result, tmp_path, content, words):
    path = tmp_path / "gone.pdf"
    if content is not None:
        path.write_bytes(content)
    tree = tree_of(html_text(result, {FILE: path}))
    assert not tree.xpath("//image")
    assert words in tree.xpath("//article[1]")[0].text_content()
    assert "152.94" in tree.xpath("//article[1]//table")[0].text_content()


def test_a_file_nobody_named_and_a_page_that_is_not_there(result, pdf):
    assert "报告没有得到这个文件的位置" in words_of(tree_of(html_text(result, {})))
    tree = tree_of(html_text(result, {FILE: pdf}))
    assert "第9页：文件里没有这一页" in tree.xpath("//article[4]")[0].text_content()


def test_at_most_forty_pictures(make_finding, make_evidence, make_document, long_pdf):
    greedy = make_finding(title="多页", evidence=tuple(make_evidence(page) for page in range(1, 61)))
    modest = make_finding(title="一页", evidence=(make_evidence(60),))
    tree = tree_of(html_text(CheckResult([make_document(violated=2)], [greedy, modest]), {FILE: long_pdf}))
    assert len(tree.xpath("//image")) == 40
    assert "本报告收录 40 页图像，另有 20 页未收录" in words_of(tree)
    cards = tree.xpath("//article")
    assert len(cards[1].xpath(".//figure")) == 1
    assert "第59页：本报告图像已满，未附这一页" in cards[0].text_content()


def test_a_source_without_pages(make_finding, make_evidence, make_document):
    sheet = make_evidence(None, box=None, ref="公开03!D9", quote="318.88")
    tree = tree_of(html_text(CheckResult([make_document()], [make_finding(evidence=(sheet,))]), {}))
    cells = [cell.text_content() for cell in tree.xpath("//article//tbody/tr/td")]
    assert cells == ["1", "依据", "《支出决算表》206 科学技术支出·项目支出", "公开03!D9", "318.88"]
    assert "图像" not in words_of(tree)


def test_text_from_a_file_stays_text(make_finding, make_evidence, make_document):
    nasty = "<script>alert(1)</script>\"'&"
    place = make_evidence(file=nasty, where=nasty, quote=nasty, ref=nasty, page=None)
    texts = dict.fromkeys(("rule", "title", "message", "undecided", "stated", "expected"), nasty)
    one = make_finding(**texts, arithmetic=(nasty,), evidence=(place,))
    checked = make_document(nasty, exact=1)
    checked.coverage.not_checked.append((nasty, nasty))
    checked.coverage.unrecognised.append((nasty, nasty))
    checked.notices.append(nasty)
    text = html_text(CheckResult([checked], [one]), {})
    assert not tree_of(text).xpath("//script")
    assert "<script" not in text


def test_none_and_very_many(make_finding, make_document, pdf):
    clean = html_text(CheckResult([make_document(exact=4)], []), {FILE: pdf})
    assert "未发现问题" in clean
    assert not tree_of(clean).xpath("//article | //image")
    assert "没有核对任何文件" in html_text(CheckResult([], []), {})
    many = html_text(CheckResult([make_document(violated=200)], [make_finding()] * 200), {FILE: pdf})
    assert len(tree_of(many).xpath("//article")) == 200
    assert len(tree_of(many).xpath("//image")) == 2


def test_same_input_same_bytes(result, pdf, rules, tmp_path: Path):
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    write_html(result, first, {FILE: pdf}, rules)
    write_html(result, second, {FILE: pdf}, rules)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_reader_may_have_no_colours(result, pdf):
    """The part that a place plays is written out, not only coloured."""
    rows = tree_of(html_text(result, {FILE: pdf})).xpath("//table[@class='evidence']/tbody/tr")
    assert {(row.get("class"), row.xpath("td[2]")[0].text_content()) for row in rows} == set(
        zip(CLASSES, ("疑误", "待定", "依据"), strict=True)
    )
