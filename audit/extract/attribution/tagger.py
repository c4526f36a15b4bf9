"""Indices in, one label per token out: a dilated convolutional network with a CRF on top, in numpy.

The network is that of Strubell et al. 2017 (iterated dilated convolutions), small enough that its first layer becomes
a table over distinct words, and run over a whole partition as one stream of tokens with empty places between
documents. Labels say role and begin or inside; sources and contents also say on which side their cue stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import models
from audit.extract.attribution.inputs import FLAGS, SHAPES, Inputs, inputs
from audit.extract.attribution.names import Statistics
from audit.extract.attribution.viterbi import decode
from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int8]

BLOCK = 1280
"""Tokens computed at once, so that a layer's activations stay in the processor's cache: with 768 or 2048 it takes 4 %
longer."""
GRID = 1024.0
"""Scores are rounded to 1/1024, so that the order of documents in memory cannot move a decision."""


@dataclass(frozen=True)
class Tagger:
    """Weights of the network: H units, K labels, D dimensions of a word vector.

    vectors [V, D]; first [3, D, H], first_suffix [3, S, H] and first_code [3, 256, H] for the token before, the token
    and the token after; layers [L, 3, H, H]; out [H, K]; transitions [K, K]
    """

    words: dict[str, int]
    suffixes: dict[str, int]
    vectors: Floats
    first: Floats
    first_suffix: Floats
    first_code: Floats
    first_bias: Floats
    layers: Floats
    biases: Floats
    dilations: tuple[int, ...]
    out: Floats
    out_bias: Floats
    transitions: Floats

    def labels(self, parsed: Parsed) -> Labels:
        """int8 [n]: the best label of each token, document by document."""
        return decode(self.scores(parsed), self.transitions, parsed)

    def scores(self, parsed: Parsed, tables: Floats | None = None) -> Floats:
        """float32 [n, K]: how well each label fits each token, before its neighbours have a say.

        `tables` are those of the parse, or of the parse that it is an excerpt of, where they are known already.
        """
        if not len(parsed.tokens):
            return np.zeros((0, len(self.transitions)), np.float32)
        places, rows, codes = self._stream(parsed, inputs(parsed, self.words, self.suffixes))
        tables = self.tables(parsed) if tables is None else tables
        halo = 1 + sum(self.dilations)
        total = len(rows) - 2 * halo
        scores = np.empty((total, len(self.transitions)), np.float32)
        for start in range(0, total, BLOCK):
            stop = min(start + BLOCK, total)
            window = slice(start, stop + 2 * halo)
            scores[start:stop] = self._block(rows[window], codes[window], tables)
        return scores.take(places - halo, 0)

    def _stream(
        self, parsed: Parsed, indices: Inputs
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Where each token goes, and the stream of word and code indices; gaps hold the last index of each table."""
        gap = max(self.dilations)
        halo = 1 + sum(self.dilations)
        n = len(parsed.tokens)
        places = np.arange(n) + gap * parsed.token_document + halo
        size = n + gap * len(parsed.articles) + 2 * halo
        rows = np.full(size, len(parsed.lower_vocabulary), np.int32)
        rows[places] = parsed.lower
        codes = np.zeros(size, np.int32)
        codes[places] = indices.codes
        return places, rows, codes

    def tables(self, parsed: Parsed) -> Floats:
        """float32 [3, v + 1, H]: what each distinct word adds to the first layer; the last row is the gap's."""
        indices = inputs(parsed, self.words, self.suffixes)
        rows = self.vectors[indices.words]
        tables = np.zeros((3, len(rows) + 1, self.first.shape[2]), np.float32)
        for side in range(3):
            tables[side, :-1] = rows @ self.first[side] + self.first_suffix[side][indices.suffixes]
        return tables

    def _block(self, rows: npt.NDArray[np.int32], codes: npt.NDArray[np.int32], tables: Floats) -> Floats:
        gaps = np.flatnonzero(rows == tables.shape[1] - 1)
        hidden = tables[1].take(rows[1:-1], 0)
        hidden += self.first_code[1].take(codes[1:-1], 0)
        for side, window in ((0, slice(None, -2)), (2, slice(2, None))):
            hidden += tables[side].take(rows[window], 0)
            hidden += self.first_code[side].take(codes[window], 0)
        hidden += self.first_bias
        np.maximum(hidden, 0, out=hidden)
        edge = 1
        _silence(hidden, gaps - edge)
        for weights, bias, dilation in zip(self.layers, self.biases, self.dilations, strict=True):
            update = _convolved(hidden, weights, bias, dilation)
            np.maximum(update, 0, out=update)
            update += hidden[dilation:-dilation]
            hidden = update
            edge += dilation
            _silence(hidden, gaps - edge)
        scores: Floats = hidden @ self.out
        scores += self.out_bias
        scores *= GRID
        np.rint(scores, out=scores)
        scores /= GRID
        return scores


def _convolved(hidden: Floats, weights: Floats, bias: Floats, dilation: int) -> Floats:
    """Three places `dilation` apart through `weights` [3, H, H]."""
    size = len(hidden) - 2 * dilation
    total: Floats = hidden[:size] @ weights[0]
    total += hidden[dilation : dilation + size] @ weights[1]
    total += hidden[2 * dilation :] @ weights[2]
    total += bias
    return total


def _silence(hidden: Floats, gaps: npt.NDArray[np.int64]) -> None:
    """Gaps between documents stay zero in every layer, so that no document sees another."""
    hidden[gaps[(gaps >= 0) & (gaps < len(hidden))]] = 0


@cache
def tagger() -> Tagger:
    """The shipped tagger. Raises ModelError when its file is missing or altered."""
    return build(models.load("attribution").arrays)


def build(arrays: dict[str, npt.NDArray[np.generic]]) -> Tagger:
    """A tagger from stored arrays: vectors are bytes with one scale each, other weights half precision."""
    get = {key: np.asarray(value).astype(np.float32) for key, value in arrays.items() if value.dtype.kind == "f"}
    words = bytes(arrays["words"]).decode().split("\n")
    suffixes = bytes(arrays["suffixes"]).decode().split("\n")
    vectors = np.zeros((len(words) + 2, arrays["vectors"].shape[1]), np.float32)
    vectors[1:] = np.asarray(arrays["vectors"]).astype(np.float32) * get["vector_scales"][:, None]
    units = get["first_shape"].shape[2]
    codes = np.repeat(get["first_shape"], FLAGS, axis=1)
    flags = (np.arange(FLAGS)[:, None] >> np.arange(4)) & 1
    codes += np.tile(flags.astype(np.float32) @ get["first_flag"], (1, SHAPES, 1))
    codes[:, :FLAGS] = 0  # shape 0 is the gap between documents
    assert codes.shape == (3, SHAPES * FLAGS, units)
    return Tagger(
        words={word: index + 2 for index, word in enumerate(words)},
        suffixes={ending: index + 1 for index, ending in enumerate(suffixes)},
        vectors=vectors, first=get["first"], first_suffix=get["first_suffix"], first_code=codes,
        first_bias=get["first_bias"], layers=get["layers"], biases=get["biases"],
        dilations=tuple(int(d) for d in np.asarray(arrays["dilations"])),
        out=get["out"], out_bias=get["out_bias"] + get["openings"], transitions=get["transitions"],
    )


@cache
def statistics() -> Statistics:
    """Counts on words that ship with the tagger."""
    arrays = models.load("attribution").arrays
    words = bytes(arrays["words"]).decode().split("\n")
    capital, person, female = ((arrays[key] / np.float32(255)).data for key in ("capital", "person", "female"))
    return Statistics({word: index + 2 for index, word in enumerate(words)}, capital, person, female)
