"""Rows of mending: which batch corrects which, and which rows it mends; numbers only, no value of a row."""

from sqlmodel import Field, SQLModel


class CorrectionRow(SQLModel, table=True):
    """A batch that was made from a corrected file of another one."""

    __tablename__ = "issuer_correction"

    child: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=22)
    parent: str = Field(foreign_key="issuer_batch.id", max_length=22, index=True)


class MendedRow(SQLModel, table=True):
    """A row in error of the parent, and the batch in which it is right."""

    __tablename__ = "issuer_mended"

    child: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=22)
    row: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
