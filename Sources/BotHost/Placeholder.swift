import AsyncHTTPClient
import Configuration
import Hummingbird
import ServiceLifecycle
enum BotHostPlaceholder {}
