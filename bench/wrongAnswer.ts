/** A figure of something that answers wrongly is worth nothing: the run ends here. */
export class WrongAnswer extends Error {}
