"""Reading sketch files of strangers: zip files with the pixels of layers in them."""

from maquette.core.errors import DrawingError
from maquette.core.tiles import Sheet
from maquette.library.sketches.layer_images import sheet_of_png
from maquette.library.strange_zip import StrangeZip

MAX_PNG = 300 << 20  # bytes; the noisiest layer of the largest drawing


class SketchZip(StrangeZip):
    """An open .maquette or .ora file; every refusal is a DrawingError."""

    refusal = DrawingError
    thing = "sketch"

    def sheet(self, name: str, width: int, height: int, at: tuple[int, int] = (0, 0)) -> Sheet:
        """What the PNG file of that name shows, on a sheet of that size, with its corner `at`.

        Raises:
            DrawingError: it is damaged, or larger than a layer can be.
        """
        try:
            return sheet_of_png(self.read(name, MAX_PNG), width, height, at)
        except OverflowError as error:
            raise DrawingError(
                f"A layer of {self.name} is larger than a sketch can be; make it smaller first.",
                str(error),
            ) from error
        except ValueError as error:
            raise self.damaged(error) from error
