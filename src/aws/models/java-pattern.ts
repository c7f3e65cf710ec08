/**
 * AWS's patterns as JavaScript's. AWS's services read them with Java, which differs from JavaScript in what `.`, `$`
 * and `\s` match, in its character classes, and in the escapes that it lets pass.
 *
 * What has no counterpart is refused: a pattern that is read wrongly would turn good input away.
 */
import { letterClass, propertyClass, rangeIn } from './java-class.ts';

/** Java's line terminators, which `.` does not match. */
const terminators = String.raw`\n\r\u{85}\u{2028}\u{2029}`;
const end = '(?![^])';
/** Java's `$` also matches before a line terminator that ends the text, but not inside of one. */
const nearEnd = String.raw`(?!(?<=\r)\n)(?=(?:\r\n|[${terminators}])?${end})`;

const anchors: Readonly<Record<string, string>> = { A: '(?<![^])', Z: nearEnd, z: end };
const controls: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/**
 * The expression that matches the texts that Java's `source` matches from their beginning to their end.
 *
 * @throws SyntaxError for what Java refuses or JavaScript cannot express.
 */
export function wholeMatch(source: string): RegExp {
  return new RegExp(`^(?:${new Translation(source).result})$`, 'v');
}

class Translation {
  readonly result: string;
  readonly #source: string;
  #at = 0;
  #ignoresCase = false;
  #dotMatchesAll = false;
  #atomics = 0;

  constructor(source: string) {
    this.#source = source;
    this.result = this.#alternatives();
    if (this.#at < source.length) this.#refuse('a ")" without its "("');
  }

  /** Everything up to the end of a group. Flags that are set in it end with it. */
  #alternatives(): string {
    const flags = [this.#ignoresCase, this.#dotMatchesAll] as const;
    let translated = '';
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      translated += this.#take(/\|/y) ? '|' : this.#term();
    }
    [this.#ignoresCase, this.#dotMatchesAll] = flags;
    return translated;
  }

  #term(): string {
    const atom = this.#atom();
    const quantifier = this.#take(/[*+?]|\{\d+(?:,\d*)?\}/y);
    if (!quantifier) return atom;
    if (this.#take(/\+/y)) return this.#atomic(atom + quantifier[0]);
    return `${atom}${quantifier[0]}${this.#take(/\?/y) ? '?' : ''}`;
  }

  /** What matches once and is never given back. JavaScript has it for what it looks ahead to. */
  #atomic(translated: string): string {
    const name = `atomic${++this.#atomics}`;
    return String.raw`(?:(?=(?<${name}>${translated}))\k<${name}>)`;
  }

  #atom(): string {
    if (this.#take(/\^/y)) return '^';
    if (this.#take(/\$/y)) return nearEnd;
    if (this.#take(/\./y)) return this.#dotMatchesAll ? '[^]' : `[^${terminators}]`;
    if (this.#take(/\[/y)) return this.#class();
    if (this.#take(/\(/y)) return this.#group();
    if (this.#take(/\\Q/y)) return this.#quotation();
    const anchor = this.#take(/\\([AZz])/y)?.[1];
    if (anchor) return anchors[anchor] ?? '';
    const set = this.#set();
    if (set) return set;
    const [character = ''] = this.#take(/[^\\*+?{]/uy) ?? [];
    return this.#character(character.codePointAt(0) ?? this.#escape());
  }

  #group(): string {
    const [, on = '', colon] = this.#take(/\?([is]+)(:?)/y) ?? [];
    if (on === '') {
      if (this.#take(/\?>/y)) return this.#atomic(this.#closed());
      const look = this.#take(/\?<?[=!]/y)?.[0];
      // Groups are not asked for what they matched.
      if (!look && !this.#take(/\?:|\?<[a-zA-Z][a-zA-Z0-9]*>/y) && this.#take(/\?/y))
        this.#refuse('this group');
      return `(${look ?? '?:'}${this.#closed()})`;
    }
    const flags = [this.#ignoresCase, this.#dotMatchesAll] as const;
    this.#ignoresCase ||= on.includes('i');
    this.#dotMatchesAll ||= on.includes('s');
    if (!colon) {
      if (!this.#take(/\)/y)) this.#refuse('this flag');
      return '';
    }
    const group = `(?:${this.#closed()})`;
    [this.#ignoresCase, this.#dotMatchesAll] = flags;
    return group;
  }

  #closed(): string {
    const inside = this.#alternatives();
    if (!this.#take(/\)/y)) this.#refuse('a "(" without its ")"');
    return inside;
  }

  #quotation(): string {
    const [, text = ''] = this.#take(/([^]*?)(?:\\E|$)/y) ?? [];
    return Array.from(text, character => this.#character(character.codePointAt(0) ?? 0)).join('');
  }

  #character(code: number): string {
    const literal = this.#literal(code);
    return this.#ignoresCase ? `[${literal}]` : literal;
  }

  /** A class, after its opening bracket: items side by side are a union, and `&&` intersects unions. */
  #class(): string {
    const negation = this.#take(/\^/y) ? '^' : '';
    const unions = [''];
    do {
      if (this.#take(/&&/y)) unions.unshift('');
      else unions[0] += this.#classItem();
    } while (!this.#take(/\]/y));
    if (unions.includes('')) this.#refuse('"&&" beside nothing');
    const items = unions.length === 1 ? unions : unions.map(union => `[${union}]`);
    return `[${negation}${items.join('&&')}]`;
  }

  #classItem(): string {
    if (this.#take(/\[/y)) return this.#class();
    const set = this.#set();
    if (set) return set;
    const from = this.#classCharacter();
    if (!this.#take(/-(?![\][])/y)) return this.#literal(from);
    const to = this.#classCharacter();
    if (to < from) this.#refuse('a range that runs backwards');
    return rangeIn(from, to, this.#ignoresCase);
  }

  #classCharacter(): number {
    return this.#take(/[^\\]/uy)?.[0].codePointAt(0) ?? this.#escape();
  }

  /** An escape that stands for several characters. */
  #set(): string | undefined {
    const letter = this.#take(/\\([dhsvwDHSVW])/y)?.[1];
    if (letter) return letterClass(letter);
    const [, sign, short, long] = this.#take(/\\([pP])(?:([A-Z])|\{([^}]*)\})/y) ?? [];
    const name = short ?? long;
    if (name === undefined) return undefined;
    const isOfCase = /^(?:Is|gc=|general_category=)?(?:L[ltu]|Lower|Upper|Lowercase|Uppercase)$/.test(name);
    if (this.#ignoresCase && isOfCase) this.#refuse('letters of one case where case is ignored');
    return propertyClass(name, sign === 'P') ?? this.#refuse(`the property ${name}`);
  }

  /** An escape that stands for one character. Java lets everything be escaped that is no letter and no digit. */
  #escape(): number {
    const [, pair, unit, braced, hex] =
      this.#take(
        /\\(?:u([Dd][89ABab]\p{AHex}{2}\\u[Dd][C-Fc-f]\p{AHex}{2})|u(\p{AHex}{4})|x\{(\p{AHex}+)\}|x(\p{AHex}{2}))/uy,
      ) ?? [];
    if (pair) return JSON.parse(`"\\u${pair}"`).codePointAt(0);
    const code = unit ?? braced ?? hex;
    if (code) return Number.parseInt(code, 16);
    const octal = this.#take(/\\0([0-3][0-7]{2}|[0-7]{1,2})/y)?.[1];
    if (octal) return Number.parseInt(octal, 8);
    const control = this.#take(/\\([aefnrt])/y)?.[1];
    if (control) return controls[control] ?? 0;
    const plain = this.#take(/\\([^a-zA-Z0-9])/uy)?.[1];
    const next = this.#source.slice(this.#at, this.#at + 2);
    return plain?.codePointAt(0) ?? this.#refuse(next === '' ? 'its end' : `"${next}"`);
  }

  #literal(code: number): string {
    return rangeIn(code, code, this.#ignoresCase);
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source);
    if (match) this.#at = expression.lastIndex;
    return match;
  }

  #refuse(what: string): never {
    throw new SyntaxError(`JavaScript cannot express the pattern ${this.#source}: at ${this.#at}, ${what}.`);
  }
}
