"""Draw the SVGs of resources/icons as the PNGs that windows, desktop files, bundles and the theme take."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
APP_SIDE_PX = 256
DOWN_SIDE_PX = 10


def main() -> None:
    application = QGuiApplication(sys.argv)  # fonts and painting need one alive
    _render("app.svg", "app.png", APP_SIDE_PX)
    _render("down.svg", "down.png", DOWN_SIDE_PX)
    _render("down.svg", "down@2x.png", 2 * DOWN_SIDE_PX)  # Qt takes it by this name on a sharper screen
    del application


def _render(drawing: str, picture: str, side_px: int) -> None:
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / drawing)).render(painter)
    painter.end()
    image.save(str(ICONS / picture))


if __name__ == "__main__":
    main()
