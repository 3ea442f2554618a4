"""Each refusal as a Vietnamese sentence: what is true, what was not done, what to do next."""

from web.messages.faults import fault_sentence
from web.messages.refusals import sentence

__all__ = ["fault_sentence", "sentence"]
