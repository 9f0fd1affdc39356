/** The organization of this example. Write your own here. */
export const ORGANIZATION = {
  id: 'o-a1b2c3d4e5',
  /** Where StackSets are made: the management account, or a delegated administrator. */
  management: '000000000000',
  /** Where records are metered and people look. */
  central: '999999999999',
  /** The organizational units whose accounts call models. */
  organizationalUnits: ['ou-abcd-workloads'],
  members: ['111111111111', '222222222222'],
  home: 'eu-central-1',
  regions: ['eu-central-1', 'us-east-1', 'ap-northeast-1'],
  /** The name of the stream, so that destinations in other Regions can name it. */
  stream: 'bedrock-records',
};

/** The role of each member that may be asked for the models behind its application inference profiles. */
export const PROFILE_ROLE = 'bedrock-profile-reader';
