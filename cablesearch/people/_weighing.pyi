from .weighing import score as score
from .weighing import weigh as weigh
