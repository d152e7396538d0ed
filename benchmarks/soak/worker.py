"""A worker without a model: noise in place of a picture, and everything else as it is.

It speaks the real protocol and seals with the real marks and signature, so that a soak of hundreds
of kills takes minutes rather than hours.
"""

import datetime
import os
import random
import sys
import time

import cv2
import numpy as np
import psutil

import maquette
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import Record, SourceType
from maquette.protocol.child import take_output
from maquette.protocol.framing import Bytes, Decoder, encode
from maquette.protocol.messages import (
    PROTOCOL_VERSION,
    Blob,
    Device,
    DeviceChosen,
    Event,
    Finished,
    Generate,
    Load,
    Loaded,
    Progress,
    Ready,
    Request,
    Shutdown,
    Started,
)
from maquette.provenance.identity.opening import identity_folder
from maquette.provenance.seal import Sealed, seal
from maquette.provenance.signer_once import SignerOnce

STEP = 0.01  # seconds


class SoakWorker:
    """Answers requests one after another."""

    def __init__(self) -> None:
        self._output = take_output()
        self._open_signer = SignerOnce(identity_folder())

    def serve(self) -> int:
        """Until told to stop, or the studio is gone."""
        self._send(Ready(protocol=PROTOCOL_VERSION, build=maquette.__version__, pid=os.getpid()))
        device = Device("cpu", "none", "fp32", psutil.virtual_memory().total)
        self._send(DeviceChosen(device=device))
        decoder: Decoder[Request] = Decoder(Request)
        while data := os.read(0, 1 << 16):
            for request, _blobs in decoder.feed(data):
                if isinstance(request, Shutdown):
                    return 0
                self._answer(request)
        return 0

    def _answer(self, request: Request) -> None:
        if isinstance(request, Load):
            info = ModelInfo(id=request.model, name="Noise", family=ModelFamily.MINI)
            self._send(Loaded(info=info, seconds=0.0))
        elif isinstance(request, Generate):
            self._send(Started(job=request.job))
            total = request.recipe.steps
            for step in range(1, total + 1):
                time.sleep(STEP * random.random())
                self._send(Progress(job=request.job, step=step, total=total))
            sealed = self._sealed(request)
            self._send(
                Finished(
                    job=request.job,
                    record=sealed.record,
                    file=Blob(0),
                    mark=sealed.mark,
                    manifest=Blob(1),
                ),
                sealed.file,
                sealed.manifest,
            )

    def _sealed(self, request: Generate) -> Sealed:
        pixels = _noise(request.recipe)
        record = Record(
            id=request.record_id,
            recipe=request.recipe,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            tool=f"Maquette {maquette.__version__}",
            source_type=SourceType.GENERATED,
            width=pixels.shape[1],
            height=pixels.shape[0],
        )
        return seal(pixels, record, request.marking, open_signer=self._open_signer)

    def _send(self, event: Event, *blobs: Bytes) -> None:
        for part in encode(event, blobs):
            self._output.write(part)
        self._output.flush()


def _noise(recipe: Recipe) -> Pixels:
    """Soft blobs of colour that only this seed gives."""
    coarse = np.random.default_rng(recipe.seed).integers(30, 226, (16, 16, 3), np.uint8)
    size = recipe.width, recipe.height
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC), np.uint8)


if __name__ == "__main__":
    sys.exit(SoakWorker().serve())
