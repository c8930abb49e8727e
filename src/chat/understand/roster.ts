// The office's schools and people, arranged once so that a turn looks names up instead of scanning them all.
export interface RosterSchool {
  code: string;
  name: string;
  kind: string;
  area: string;
  town?: string;
  aliases: string[];
}
export interface RosterPerson {
  userId: string;
  name: string;
  roles: string[];
  areaCode?: string;
  schools: string[];
}
export interface RosterArea {
  code: string;
  name: string;
  town?: string;
}
export interface RosterIndex {
  schools: ReadonlyMap<string, RosterSchool>;
}
