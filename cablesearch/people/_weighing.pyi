from .weighing import Pieces as Pieces
from .weighing import choose as choose
from .weighing import count_small as count_small
from .weighing import cut as cut
