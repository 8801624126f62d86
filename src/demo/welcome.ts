/** What the console says when the demo is up. */
export interface Welcome {
  readonly url: string;
  /** demo.env, as one would type it. */
  readonly environment: string;
  /** How the command line is called from here, e.g. `npm run -s postern --`. */
  readonly command: string;
  readonly proxy: boolean;
}

/** What to do first, in a few lines with commands to paste. */
export const welcome = ({ url, environment, command, proxy }: Welcome): readonly string[] => [
  `Postern is at ${url}, with a demo tenant. Everything one signs in with stands in ${environment}.`,
  'In another terminal, be Ravi, who may become Contributor of production for a while:',
  `  ${command} mine --as ravi`,
  `  ${command} activate Contributor --subscription 'Clinical Production' -d 1h -r 'Trying it out' --as ravi`,
  'This one waits until Anika says yes:',
  `  ${command} activate Contributor -g rg-payments-api-prod -d 1h -r 'Trying it out' --as ravi`,
  `  ${command} approve --as anika`,
  ...(proxy ? [`az, Terraform and the SDKs: . ${environment}, then see README.md.`] : []),
];
