"""The errors that `audit` raises on purpose. Each message is one line: where, what, and what to do next."""

from __future__ import annotations


class AuditError(Exception):
    """Base of every error that a user can mend."""


class InputError(AuditError):
    """An input is missing, or not one article in it could be read."""


class SettingsError(AuditError):
    """A settings file or a sources manifest holds an unknown key or a value of the wrong kind."""


class LexiconError(AuditError):
    """A lexicon file breaks its format; the message opens with file:line:column."""


class ModelError(AuditError):
    """A model file is missing, or its digest is not the one on its card."""


class OutputError(AuditError):
    """The output directory cannot be written, is locked by another run, or was not made by `audit`."""
