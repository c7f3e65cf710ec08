/**
 * The AWS SDK's own settings, in variables and in the AWS profile. The SDK passes over those that it cannot read, as if they
 * were absent; here they are told, and so is which of them counts.
 */
import {
  CONFIG_PREFIX_SEPARATOR,
  CONFIG_USE_DUALSTACK_ENDPOINT,
  CONFIG_USE_FIPS_ENDPOINT,
  DEFAULT_PROFILE,
  ENV_PROFILE,
  ENV_USE_DUALSTACK_ENDPOINT,
  ENV_USE_FIPS_ENDPOINT,
  loadSharedConfigFiles,
  REGION_ENV_NAME,
  REGION_INI_NAME,
} from '@smithy/core/config';
import {
  CONFIG_MAX_ATTEMPTS,
  CONFIG_RETRY_MODE,
  ENV_MAX_ATTEMPTS,
  ENV_RETRY_MODE,
  RETRY_MODES,
} from '@smithy/core/retry';
import { IniSectionType } from '@smithy/types';

type Values = Readonly<Record<string, string | undefined>>;
type Sections = Readonly<Record<string, Values>>;

/** A setting's variable, and its key in profiles. */
type Setting = readonly [variable: string, key: string];

const region: Setting = [REGION_ENV_NAME, REGION_INI_NAME];
const fips: Setting = [ENV_USE_FIPS_ENDPOINT, CONFIG_USE_FIPS_ENDPOINT];
const dualstack: Setting = [ENV_USE_DUALSTACK_ENDPOINT, CONFIG_USE_DUALSTACK_ENDPOINT];
const maxAttempts: Setting = [ENV_MAX_ATTEMPTS, CONFIG_MAX_ATTEMPTS];
const retryMode: Setting = [ENV_RETRY_MODE, CONFIG_RETRY_MODE];
const ignoredEndpoints: Setting = ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'];
const endpoint: Setting = ['AWS_ENDPOINT_URL', 'endpoint_url'];

/** What a region's name is, which becomes a part of a host's, and what it must be in words. */
export const regionRule = {
  pattern: /^(?!.{64})[a-z\d]+(?:-[a-z\d]+)*$/,
  type: 'the name of a region, such as eu-west-1, and nothing else',
};

const isSwitch = (value: string) => value === 'true' || value === 'false';
const modes: readonly string[] = Object.values(RETRY_MODES);
const switchRule = [isSwitch, 'it must be true or false'] as const;

/** The two halves of static credentials, and what may come with them. */
const keyId: Setting = ['AWS_ACCESS_KEY_ID', 'aws_access_key_id'];
const secretKey: Setting = ['AWS_SECRET_ACCESS_KEY', 'aws_secret_access_key'];
const sessionToken: Setting = ['AWS_SESSION_TOKEN', 'aws_session_token'];

/** Variables that say where else there are credentials. */
const otherSources = [
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** What the value of each has to be. */
const rules: readonly (readonly [Setting, isRight: (value: string) => boolean, words: string])[] = [
  [region, value => regionRule.pattern.test(value), `it must be ${regionRule.type}`],
  [fips, ...switchRule],
  [dualstack, ...switchRule],
  [ignoredEndpoints, ...switchRule],
  [maxAttempts, value => /^0*[1-9]\d*$/.test(value), 'it must be a whole number from 1'],
  [retryMode, value => modes.includes(value), `it must be ${modes.join(' or ')}`],
];

/** The sections that a profile refers to, by its keys. Credentials may come from elsewhere unless it was chosen by name, or nothing says so. */
const references = [
  { key: 'services', type: IniSectionType.SERVICES, always: true },
  { key: 'sso_session', type: IniSectionType.SSO_SESSION, always: false },
  { key: 'source_profile', type: IniSectionType.PROFILE, always: false },
] as const;

const files = 'the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, or else ~/.aws has';

export class SdkSettings {
  readonly #variables: Values;
  readonly #configFile: Sections;
  readonly #credentialsFile: Sections;

  private constructor(variables: Values, configFile: Sections = {}, credentialsFile: Sections = {}) {
    this.#variables = variables;
    this.#configFile = configFile;
    this.#credentialsFile = credentialsFile;
  }

  /** Those of the variables, and of the files that they or the SDK's defaults name. */
  static async read(variables: Values): Promise<SdkSettings> {
    const { configFile, credentialsFile } = await loadSharedConfigFiles();
    return new SdkSettings(variables, configFile, credentialsFile);
  }

  /** A line for each that is wrong. */
  flaws(): string[] {
    const profile = this.#profileName;
    if (profile !== DEFAULT_PROFILE && !this.#has(profile)) {
      return [`${ENV_PROFILE}="${profile}" is wrong: it must be the name of a profile in ${files}.`];
    }
    const wrong = rules.flatMap(([setting, isRight, words]) => {
      const value = this.#valueOf(setting);
      return value === undefined || isRight(value) ? [] : [`${this.#nameOf(setting)} is wrong: ${words}.`];
    });
    const dangling = references
      .filter(({ always }) => always || this.#takesCredentialsOfProfile)
      .flatMap(({ key, type }) => {
        const name = this.#inProfile(key);
        const isThere = name === undefined || this.#has(name, type);
        return isThere
          ? []
          : [`${ofProfile(key, name, profile)} is wrong: there is no [${type} ${name}] in ${files}.`];
      });
    return [...wrong, ...this.#credentialFlaws(), ...dangling];
  }

  /** AWS refuses white space in credentials at every call; half of them, the SDK passes over. Neither value is repeated. */
  #credentialFlaws(): string[] {
    const settings = [keyId, secretKey, sessionToken];
    const inVariables = settings.map(([name]) => [name, this.#variables[name]] as const);
    const inProfile = settings.map(
      ([, key]) => [`${key} in the AWS profile "${this.#profileName}"`, this.#inProfile(key)] as const,
    );
    return [inVariables, ...(this.#takesCredentialsOfProfile ? [inProfile] : [])].flatMap(given => {
      const spaced = given.flatMap(([name, value]) =>
        value !== undefined && /\s/.test(value) ? [`${name} is wrong: it must have no white space.`] : [],
      );
      const [id, secret] = given;
      if (!id || !secret || !id[1] === !secret[1]) return spaced;
      const [[there], [gone]] = id[1] ? [id, secret] : [secret, id];
      return [...spaced, `${there} is of no use: there is no ${gone.replace(/ in .*/, ' beside it')}.`];
    });
  }

  get #takesCredentialsOfProfile(): boolean {
    const given = (name: string) => Boolean(this.#variables[name]);
    return given(ENV_PROFILE) || !(given(keyId[0]) || otherSources.some(given));
  }

  /** The endpoint's setting that counts for a service, with its value: `AWS_ENDPOINT_URL="http://…"`. */
  endpointOf(serviceId: string): string | undefined {
    const [variable, key] = endpoint;
    const id = serviceId.replaceAll(' ', '_');
    const ofService = `${variable}_${id.toUpperCase()}`;
    for (const name of [ofService, variable]) {
      const value = this.#variables[name];
      if (value) return assignment(name, value);
    }
    const section = [IniSectionType.SERVICES, this.#inProfile('services')].join(CONFIG_PREFIX_SEPARATOR);
    const inSection = this.#configFile[section]?.[[id.toLowerCase(), key].join(CONFIG_PREFIX_SEPARATOR)];
    if (inSection) {
      return `${assignment(key, inSection)} of ${serviceId} in the section [${section.replace(CONFIG_PREFIX_SEPARATOR, ' ')}]`;
    }
    return this.#nameOf(endpoint);
  }

  /** The settings that the rules of endpoints decide by, as far as there are any. */
  routeOf(serviceId: string): string[] {
    const names = [region, fips, dualstack].map(setting => this.#nameOf(setting));
    return [this.endpointOf(serviceId), ...names].filter(name => name !== undefined);
  }

  get #profileName(): string {
    return this.#variables[ENV_PROFILE] ?? DEFAULT_PROFILE;
  }

  /** A value of the profile. The SDK takes the config file's if both files have one, but for the region. */
  #inProfile(key: string): string | undefined {
    const inConfig = this.#configFile[this.#profileName]?.[key];
    const inCredentials = this.#credentialsFile[this.#profileName]?.[key];
    return key === REGION_INI_NAME ? (inCredentials ?? inConfig) : (inConfig ?? inCredentials);
  }

  #has(name: string, type: IniSectionType = IniSectionType.PROFILE): boolean {
    const section = type === IniSectionType.PROFILE ? name : [type, name].join(CONFIG_PREFIX_SEPARATOR);
    return Object.hasOwn(this.#configFile, section) || Object.hasOwn(this.#credentialsFile, section);
  }

  #valueOf([variable, key]: Setting): string | undefined {
    return this.#variables[variable] ?? this.#inProfile(key);
  }

  #nameOf([variable, key]: Setting): string | undefined {
    const given = this.#variables[variable];
    if (given !== undefined) return assignment(variable, given);
    const value = this.#inProfile(key);
    return value === undefined ? undefined : ofProfile(key, value, this.#profileName);
  }
}

function assignment(name: string, value: string): string {
  return `${name}=${JSON.stringify(value)}`;
}

function ofProfile(key: string, value: string, profile: string): string {
  return `${assignment(key, value)} in the AWS profile "${profile}"`;
}
