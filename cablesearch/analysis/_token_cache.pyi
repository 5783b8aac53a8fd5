from .token_cache import TokenCache as TokenCache
