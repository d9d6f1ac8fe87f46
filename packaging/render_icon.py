"""Draws resources/icons/app.svg as the PNG that windows, desktop files and bundles take."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIDE_PX = 256


def main() -> None:
    application = QGuiApplication(sys.argv)  # fonts and painting need one alive
    image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / "app.svg")).render(painter)
    painter.end()
    image.save(str(ICONS / "app.png"))
    del application


if __name__ == "__main__":
    main()
