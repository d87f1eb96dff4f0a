"""The example paper's pictures, by the names that its stories give them."""

from collections.abc import Callable
from functools import partial

from PIL import Image

from example.scenes import (
    culture,
    fields,
    industry,
    market,
    rooms,
    shores,
    sport,
    town,
    works,
)
from example.scenes.canvas import Canvas

NORMAL, WIDE, TALL = (1600, 1067), (1600, 900), (1067, 1600)

Scene = Callable[[Canvas], None]

PICTURES: dict[str, tuple[tuple[int, int], Scene]] = {
    "dien-dan-hoi-truong.jpg": (NORMAL, rooms.hall),
    "dien-dan-phat-bieu.jpg": (NORMAL, rooms.podium),
    "dien-dan-toa-dam.jpg": (NORMAL, rooms.panel),
    "dien-dan-gian-hang.jpg": (NORMAL, market.booths),
    "thuc-dia-cong-ngan-man.jpg": (NORMAL, fields.sluice),
    "thuc-dia-ruong-lua.jpg": (NORMAL, fields.rice_field),
    "thuc-dia-vuong-tom.jpg": (NORMAL, partial(fields.shrimp_ponds, visit=True)),
    "cau-tra-may-2.jpg": (WIDE, works.bridge),
    "cau-thi-cong.jpg": (NORMAL, partial(works.bridge, dusk=False, gap=True)),
    "phong-thi-nghiem.jpg": (NORMAL, rooms.laboratory),
    "truong-dai-hoc.jpg": (NORMAL, works.campus),
    "thuyen-muc-dem.jpg": (WIDE, shores.night_fleet),
    "ben-ca-rang-sang.jpg": (NORMAL, shores.harbour),
    "ganh-ca.jpg": (NORMAL, shores.carriers),
    "cho-ca-dem.jpg": (NORMAL, market.fish_market),
    "va-luoi.jpg": (TALL, shores.net_menders),
    "bun-ca.jpg": (NORMAL, market.bowl),
    "khu-cong-nghiep.jpg": (NORMAL, industry.factory),
    "day-chuyen.jpg": (NORMAL, industry.assembly),
    "le-cau-ngu.jpg": (NORMAL, culture.procession),
    "dua-ghe.jpg": (WIDE, sport.boat_race),
    "bong-da.jpg": (NORMAL, sport.football),
    "dao-hon-nhan.jpg": (NORMAL, shores.island),
    "hai-dang.jpg": (TALL, shores.lighthouse),
    "tram-y-te.jpg": (NORMAL, rooms.corridor),
    "hoi-chan.jpg": (NORMAL, partial(rooms.meeting, wall="#cfe3e2")),
    "lop-hoc-deo-suong.jpg": (NORMAL, rooms.classroom),
    "ruong-bac-thang.jpg": (NORMAL, fields.terraces),
    "tom-bai-ngao.jpg": (WIDE, partial(fields.shrimp_ponds, dusk=True, covered=True)),
    "cong-truong-gio-tan-hoc.jpg": (NORMAL, partial(town.street, pupils=True)),
    "song-tra-may-binh-minh.jpg": (WIDE, shores.river_dawn),
    "lut-mua-lon.jpg": (NORMAL, shores.causeway),
    "gat-lua-tam-dong.jpg": (NORMAL, fields.harvest),
    "vuon-buoi.jpg": (NORMAL, market.orchard),
    "rung-ngap-man.jpg": (NORMAL, fields.mangrove),
    "hop-uy-ban.jpg": (NORMAL, rooms.meeting),
    "cong-truong-duong.jpg": (NORMAL, works.building_site),
    "cang-container.jpg": (WIDE, industry.container_port),
    "dien-gio.jpg": (NORMAL, industry.wind_farm),
    "pho-dem.jpg": (NORMAL, town.night_street),
    "lang-hoa.jpg": (NORMAL, market.flowers),
    "xe-dap-pho.jpg": (NORMAL, partial(town.street, sky_colours=("#f0b48f", "#fbe8c6"))),
    "tu-sach.jpg": (NORMAL, rooms.library),
    "pho-mua.jpg": (NORMAL, town.rain),
    "lop-hoc-sang-che.jpg": (
        NORMAL,
        partial(rooms.classroom, wall="#d3e2e6", board="#2f4f74", pupils=("#f5f3ee", "#dfe9f2")),
    ),
    "gom-go-do.jpg": (NORMAL, culture.pottery),
    "phoi-lac.jpg": (NORMAL, culture.mats),
    "song-lac.jpg": (NORMAL, partial(shores.river_dawn, colours=("#5f8f9c", "#e9c07a", "#fbedc0"))),
    "hoa-dang.jpg": (NORMAL, culture.lanterns),
    "san-khau-dan-ca.jpg": (NORMAL, culture.stage),
    "dua-xe-dap.jpg": (NORMAL, sport.cyclists),
    "chay-bo.jpg": (NORMAL, sport.runners),
    "co-dong-vien.jpg": (NORMAL, sport.fans),
    "bai-bien.jpg": (NORMAL, shores.beach),
    "cheo-xuong.jpg": (
        NORMAL,
        partial(shores.river_dawn, colours=("#4a4a86", "#d98aa0", "#f9d3b0")),
    ),
    "ruoc-den.jpg": (NORMAL, culture.star_lanterns),
    "phien-cho.jpg": (NORMAL, partial(market.booths, open_air=True)),
}


def draw(name: str) -> Image.Image:
    """The picture of that file name, the same at every call.

    1600 pixels along its longer side, RGB. Raises KeyError for a name that no story uses.
    """
    size, scene = PICTURES[name]
    canvas = Canvas(*size, seed=name)
    scene(canvas)
    return canvas.finished()
