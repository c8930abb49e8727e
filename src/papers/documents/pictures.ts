// Photos as Word wants them: paragraphs that show them, two side by side, and the files that these paragraphs name.
export interface Photo {
  /** A JPEG. */
  bytes: Uint8Array;
  width: number;
  height: number;
}

export interface Drawn {
  /** The paragraphs that show these photos. */
  paragraphs(photos: readonly Photo[]): string;
  /** Every photo that was shown so far, by its name in the document. */
  files: { id: string; name: string; bytes: Uint8Array }[];
}

/** English Metric Units, in which Word measures drawings. */
const EMU_A_CM = 360_000;
/** Two fit between the margins of an A4 page; what is high is no higher than this. */
const ROOM = { width: 7.4 * EMU_A_CM, height: 7 * EMU_A_CM };
const A = 'http://schemas.openxmlformats.org/drawingml/2006';

/** For one document: `files` grows with each picture that is drawn. */
export function drawn(): Drawn {
  const files: Drawn['files'] = [];
  const inline = ({ bytes, width, height }: Photo) => {
    const n = files.length + 1;
    // No template of Word gives such an id to anything of its own.
    const [id, name] = [`rIdPhoto${n}`, `photo${n}.jpeg`];
    files.push({ id, name, bytes });
    const scale = Math.min(ROOM.width / width, ROOM.height / height);
    const size = `cx="${Math.round(width * scale)}" cy="${Math.round(height * scale)}"`;
    return (
      `<w:r><w:drawing><wp:inline xmlns:wp="${A}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">` +
      `<wp:extent ${size}/><wp:docPr id="${1000 + n}" name="${name}"/>` +
      `<a:graphic xmlns:a="${A}/main"><a:graphicData uri="${A}/picture"><pic:pic xmlns:pic="${A}/picture">` +
      `<pic:nvPicPr><pic:cNvPr id="${1000 + n}" name="${name}"/><pic:cNvPicPr/></pic:nvPicPr>` +
      `<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${id}"/>` +
      `<a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
      `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
      `</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
    );
  };
  return {
    files,
    paragraphs(photos) {
      const rows: string[] = [];
      for (let at = 0; at < photos.length; at += 2)
        rows.push(
          `<w:p><w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr>${photos
            .slice(at, at + 2)
            .map(inline)
            .join('<w:r><w:t xml:space="preserve"> </w:t></w:r>')}</w:p>`,
        );
      return rows.join('');
    },
  };
}
