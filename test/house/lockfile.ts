export interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Every optional package that a locked package names, as `[who, whom]`. */
export const optionalPairs = ({ packages }: Lockfile): readonly (readonly [string, string])[] =>
  Object.entries(packages).flatMap(([who, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).map((whom) => [who, whom] as const),
  );

/**
 * The optional packages that are not locked. A lockfile made on one platform can leave out the binaries of all others,
 * and then `npm ci` there installs a tool without its heart and says nothing.
 */
export const missingOptionals = (lock: Lockfile): readonly string[] =>
  optionalPairs(lock)
    .filter(([who, whom]) => !placesOf(who, whom).some((place) => place in lock.packages))
    .map(
      ([who, whom]) =>
        `${whom}, wanted by ${who || 'package.json'}, is not in package-lock.json. ` +
        'Delete node_modules and package-lock.json, install anew, and check what the lockfile names',
    );

// Where Node looks for a package: below the one that wants it, then below each folder above.
function placesOf(who: string, whom: string): readonly string[] {
  const place = `${who === '' ? '' : `${who}/`}node_modules/${whom}`;
  const above = who.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '');
  return who === '' ? [place] : [place, ...placesOf(above, whom)];
}

/** The dependencies whose version is not exactly one. */
export const looseVersions = ({
  dependencies,
  devDependencies,
  optionalDependencies,
}: Manifest): readonly string[] =>
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(
      ([name, version]) => `${name} is asked for as '${version}'. Write the exact version (DESIGN, Tooling)`,
    );
