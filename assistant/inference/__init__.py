"""The network we serve: ONNX Runtime, beam search and sampling (numpy)."""
