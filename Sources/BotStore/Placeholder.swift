import GRDB
import Crypto
enum BotStorePlaceholder {}
