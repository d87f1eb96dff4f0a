"""The example paper as data: its facts, sections and authors, and the history of its stories.

The words of a story stand in stories/<folder>/story.html; what is here says when readers got them.
"""

from dataclasses import dataclass
from datetime import time

PAPER: dict[str, str] = {
    "name": "Báo Vĩnh Sa",
    "mark": "VS - ",
    "tagline": "Tiếng nói của Đảng bộ, chính quyền và nhân dân tỉnh Vĩnh Sa",
    "publisher": "Báo Vĩnh Sa",
    "governing_body": "Tỉnh ủy Vĩnh Sa",
    "licence": "Số 000/GP-VS do Sở Thông tin tỉnh Vĩnh Sa cấp (giấy phép minh họa)",
    "head_title": "Tổng Biên tập",
    "head_name": "Đặng Thùy Nhiên",
    "address": "Số 8 đường Bến Lụa, phường Bến Thượng, thành phố Vĩnh Sa, tỉnh Vĩnh Sa",
    "telephone": "0200 000 888",
    "email": "toasoan@baovinhsa.example",
    "facebook": "https://facebook.example/baovinhsa",
    "youtube": "https://youtube.example/@baovinhsa",
    "zalo": "https://zalo.example/baovinhsa",
    "x": "https://x.example/baovinhsa",
    "related_title": "Có thể bạn quan tâm",
    "same_section_title": "Tin cùng chuyên mục",
    "date_format": "l, j/n/Y, H:i",
}


@dataclass(frozen=True)
class Section:
    """A section; parent is the slug of the main section that it is a part of."""

    slug: str
    name: str
    description: str
    position: int
    parent: str | None = None


SECTIONS = (
    Section("thoi-su", "Thời sự", "Tin trong ngày từ các xã, phường của tỉnh Vĩnh Sa.", 1),
    Section("kinh-te", "Kinh tế", "Đầu tư, doanh nghiệp, giá cả và việc làm.", 2),
    Section(
        "nong-nghiep",
        "Nông nghiệp",
        "Mùa vụ, giống cây, con nước và chuyện làm ăn của nhà nông.",
        1,
        parent="kinh-te",
    ),
    Section("doi-song", "Đời sống", "Chuyện phố phường, chuyện xóm làng.", 3),
    Section("giao-duc", "Giáo dục", "Trường lớp, thầy trò, tuyển sinh.", 1, parent="doi-song"),
    Section("y-te", "Y tế", "Chăm sóc sức khỏe từ trạm xá đến bệnh viện.", 2, parent="doi-song"),
    Section("van-hoa", "Văn hóa", "Lễ hội, làng nghề, sân khấu và sách.", 4),
    Section("the-thao", "Thể thao", "Sân cỏ, đường đua và những cuộc thi ở làng.", 5),
    Section("du-lich", "Du lịch", "Đi đâu, ăn gì, xem gì ở Vĩnh Sa.", 6),
)


@dataclass(frozen=True)
class Author:
    """A pen name of the newsroom."""

    name: str
    slug: str


AUTHORS = (
    Author("Minh Khuê", "minh-khue"),
    Author("Trần Hoài An", "tran-hoai-an"),
    Author("Lê Sông Trà", "le-song-tra"),
    Author("Đỗ Quyên Hạ", "do-quyen-ha"),
    Author("Ngọc Bình Sơn", "ngoc-binh-son"),
    Author("Hải Triều", "hai-trieu"),
    Author("Phan Thu Mây", "phan-thu-may"),
    Author("Võ Đức Lâm", "vo-duc-lam"),
)


@dataclass(frozen=True)
class Ahead:
    """A moment that has not come: so many days after today, at this clock in the paper's zone."""

    days: int
    clock: time


@dataclass(frozen=True)
class Change:
    """A second text of a story: the file beside story.html, the note to readers, and when."""

    kind: str  # "update" or "correction"
    file: str
    when: float | Ahead  # hours before now, or a moment ahead
    note: str


@dataclass(frozen=True)
class Entry:
    """What happened to one story.

    published: hours before now, or a moment ahead for a scheduled story, or None for one that
    has not been published and waits as `stage` says ("draft" or "submitted").
    withdrawn: hours before now at which it was taken off the site.
    """

    folder: str
    published: float | Ahead | None
    stage: str = "approved"
    change: Change | None = None
    withdrawn: float | None = None


ROADWORKS = Change(
    kind="update",
    file="update.html",
    when=Ahead(1, time(6)),
    note="Bổ sung phương án phân luồng giao thông để thi công đường dẫn.",
)
HECTARES = Change(
    kind="correction",
    file="correction.html",
    when=106,
    note=(
        "Bản tin đăng lần đầu ghi diện tích bưởi Khe Lim được cấp mã số vùng trồng "
        "là 160 ha. Con số đúng là 116 ha. Báo Vĩnh Sa thành thật xin lỗi bạn đọc và "
        "Hợp tác xã Khe Lim."
    ),
)

STORIES = (
    Entry("01-dien-dan-thuan-con-nuoc", 1.5),
    Entry("19-chu-dong-ung-pho-mua-lon", 3),
    Entry("44-to-bun-ca-cua-tra", 5),
    Entry("10-tram-y-te-tu-xa-hon-nhan", 6),
    Entry("23-cuu-tau-ca-bi-nan", 8),
    Entry("07-le-cau-ngu-cua-tra", 9),
    Entry("20-giai-ngan-dau-tu-cong", 11),
    Entry("08-tra-may-fc-thang-nguoc-dong", 12),
    Entry("03-phong-van-nganh-nuoi-bien", 15),
    Entry("26-pho-dem-ben-thuong", 18),
    Entry("02-cau-tra-may-2-hop-long", 20, change=ROADWORKS),
    Entry("06-khu-cong-nghiep-nam-tra", 22),
    Entry("12-tom-hai-giai-doan-bai-ngao", 26),
    Entry("09-mot-ngay-tren-dao-hon-nhan", 28),
    Entry("05-via-he-va-ganh-hang-rong", 30),
    Entry("11-lop-hoc-deo-suong", 34),
    Entry("15-lua-thu-dong-duoc-mua", 37),
    Entry("42-bien-hai-nguyet-mua-lang", 40),
    Entry("14-an-ninh-nguon-nuoc-ho-khe-lim", 44),
    Entry("39-giai-chay-qua-cau", 46),
    Entry("04-ben-ca-cua-tra-bon-gio-sang", 49),
    Entry("13-hien-ke-cong-truong-gio-tan-hoc", 52),
    Entry("40-dua-ghe-hoi-lang-may-ha", 57),
    Entry("24-cang-nam-tra-don-tau", 62),
    Entry("34-gom-go-do-lo-lua-moi", 66),
    Entry("30-tu-sach-tren-ghe", 70),
    Entry("21-to-cong-nghe-ap-rach-choi", 90),
    Entry("22-khoi-cong-duong-ven-bien", 112),
    Entry("16-buoi-khe-lim-ma-so-vung-trong", 130, change=HECTARES),
    Entry("17-nep-than-deo-suong", 161),
    Entry("18-trong-rung-ngap-man-bai-ngao", 203),
    Entry("28-tuyen-lao-dong-nam-tra", 232),
    Entry("29-xe-dap-cong-cong", 271),
    Entry("41-ve-tran-chung-ket-luot", 300, withdrawn=150),
    Entry("31-o-cho-muon-mua-mua", 333),
    Entry("33-ky-tuc-xa-moi", 385),
    Entry("35-chieu-lac-dong", 437),
    Entry("37-lien-hoan-dan-ca", 508),
    Entry("43-hai-dang-hon-nhan-mo-cua", 566),
    Entry("45-cheo-xuong-ngam-binh-minh", Ahead(1, time(6))),
    Entry("47-cho-nong-san-cuoi-tuan", Ahead(1, time(17))),
    Entry("38-giai-xe-dap-ven-bien", Ahead(2, time(5, 30))),
    Entry("25-dien-gio-bai-ngao-hoa-luoi", None, stage="draft"),
    Entry("27-lang-hoa-tra-dong", None, stage="draft"),
    Entry("46-dem-ram-san-dinh", None, stage="draft"),
    Entry("32-hoc-sinh-lam-may-do-man", None, stage="submitted"),
    Entry("36-dem-hoa-dang-song-tra-may", None, stage="submitted"),
)
