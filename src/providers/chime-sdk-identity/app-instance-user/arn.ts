/** The parts of a user's ARN, of which AWS documents the form: …:app-instance/<id>/user/<the id that the user was given>. */
export function partsOfUserArn(arn: string): {
  readonly appInstanceArn?: string | undefined;
  readonly appInstanceUserId?: string | undefined;
} {
  const [, appInstanceArn, appInstanceUserId] =
    /^(arn:.*:app-instance\/[^/]+)\/user\/([^/]+)$/.exec(arn) ?? [];
  return { appInstanceArn, appInstanceUserId };
}
