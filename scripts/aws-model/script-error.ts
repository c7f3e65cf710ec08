/** A reason to stop that the person at the keyboard can remove. */
export class ScriptError extends Error {}
