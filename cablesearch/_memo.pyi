from .memo import Memo as Memo
