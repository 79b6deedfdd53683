"""Loggers whose records become log lines of the execution."""
import logging

LEVELS = [(logging.CRITICAL, 'critical'), (logging.ERROR, 'error'), (logging.WARNING, 'warning'), (logging.INFO, 'info')]


class ChannelHandler(logging.Handler):
    def __init__(self, channel, extra):
        super(ChannelHandler, self).__init__()
        self._channel = channel
        self._extra = extra

    def emit(self, record):
        level = next((name for number, name in LEVELS if record.levelno >= number), 'debug')
        self._channel.send(dict(self._extra, log=self.format(record), level=level))


def channel_logger(channel, name, **extra):
    logger = logging.getLogger(name)
    logger.handlers = [ChannelHandler(channel, extra)]
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger
