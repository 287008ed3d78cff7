"""What the desk learns with: text in, labels with confidence out.

Pure: no database, no tenant, no network, no clock. A model is made from labelled texts, becomes bytes
(:mod:`yizhan.learning.bundle`) and gives the same answers after it was read back. Who trains on what,
which version is in use and who may see it are the business of the domains above.

``embedding``   texts to vectors: the embedded multilingual encoder, or none
``vectors``     a file that remembers vectors, so that a text is encoded once
``bundle``      models as bytes without pickle
``metrics``     accuracy, F1, calibration error, intervals
"""
