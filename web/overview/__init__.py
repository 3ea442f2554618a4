"""The picture for leaders: counts, times and forecasts of what the record holds, each with the list behind it."""

from web.overview.routes import bp as bp
