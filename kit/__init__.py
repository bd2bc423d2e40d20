"""The landing: fittings that know FastAPI and SQLModel, but no story."""
