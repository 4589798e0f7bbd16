"""Pictures: decoded to the last pixel and written anew, so that what is kept is what is to be seen.

EXIF with its place, XMP, comments, thumbnails, colour profiles and whatever hangs behind the picture stay
behind; the orientation that EXIF tells is applied first (case G9).
"""

from __future__ import annotations

import io
import logging
import threading
import warnings

from PIL import Image, ImageOps

from app.rules.attachments.files import PIXELS_MAX

log = logging.getLogger(__name__)

# Up to twice its limit Pillow only warns of a bomb; here that is an error too.
Image.MAX_IMAGE_PIXELS = PIXELS_MAX
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
# A decoded picture and its copies take some ten bytes a pixel: two at a time, or a few forms fill the memory.
_AT_ONCE = threading.BoundedSemaphore(2)


class TooManyPixels(Exception):
    """More than PIXELS_MAX; told before they are decoded."""


class AnimatedPicture(Exception):
    """More than one frame: the others would be lost without a word."""


class Broken(Exception):
    """Not a picture of this format, or not all of one."""


def rewritten(content: bytes, wanted: str) -> bytes:
    """The picture in the format `wanted` (JPEG, PNG, WEBP), upright and bare.

    Raises TooManyPixels, Moving, or Broken for whatever the decoder of that one format does not take.
    """
    with _AT_ONCE:
        try:
            with Image.open(io.BytesIO(content), formats=(wanted,)) as picture:
                _look_at(picture, wanted)
                return _written(picture, wanted)
        except (TooManyPixels, AnimatedPicture):
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise TooManyPixels from error
        except Exception as error:
            # Decoders meet bad input with any kind of error. The kind is all that is written down.
            log.info("a picture could not be decoded: %s", type(error).__name__)
            raise Broken from error


def _look_at(picture: Image.Image, wanted: str) -> None:
    if picture.width * picture.height > PIXELS_MAX:
        raise TooManyPixels
    # The further pictures of a JPEG are what phones add for themselves: previews, depths.
    if wanted != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise AnimatedPicture


def _written(picture: Image.Image, wanted: str) -> bytes:
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if wanted != "JPEG" and upright.has_transparency_data else "RGB"
    bare = upright.convert(mode)
    bare.info.clear()
    out = io.BytesIO()
    bare.save(out, wanted, quality=88) if wanted != "PNG" else bare.save(out, wanted)
    return out.getvalue()
