from .holdings import score_cables as score_cables
