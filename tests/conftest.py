"""Settings for all tests."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)  # a loaded machine is no defect
settings.load_profile("steady")
