// Draws a photo as an inspector or a principal would take it: a new fire extinguisher on a corridor wall, with the time.
const WIDTH = 900;
const HEIGHT = 1200;

/** JPEG, about 60 KB. `stamp` is written into the corner as phone cameras do. */
export async function samplePhoto(caption: string, stamp: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws nothing: no 2D canvas');
  drawCorridor(pen);
  drawExtinguisher(pen, WIDTH / 2 - 80, 430);
  drawTag(pen, WIDTH / 2 + 120, 620, caption);
  drawStamp(pen, stamp);
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('No picture came out'))),
      'image/jpeg',
      0.85,
    ),
  );
}

function drawCorridor(pen: CanvasRenderingContext2D): void {
  const wall = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wall.addColorStop(0, '#f3efe6');
  wall.addColorStop(1, '#ddd6c8');
  pen.fillStyle = wall;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#8fb7a4';
  pen.fillRect(0, 760, WIDTH, 260);
  pen.fillStyle = '#6d9583';
  pen.fillRect(0, 752, WIDTH, 10);
  pen.fillStyle = '#a9a49a';
  pen.fillRect(0, 1020, WIDTH, HEIGHT - 1020);
  pen.strokeStyle = 'rgba(0,0,0,.12)';
  pen.lineWidth = 3;
  for (let x = -200; x < WIDTH + 400; x += 180) {
    pen.beginPath();
    pen.moveTo(x + 100, 1020);
    pen.lineTo(x - 60, HEIGHT);
    pen.stroke();
  }
}

function drawExtinguisher(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.fillStyle = 'rgba(0,0,0,.16)';
  pen.beginPath();
  pen.ellipse(x + 95, y + 588, 120, 22, 0, 0, Math.PI * 2);
  pen.fill();
  const steel = pen.createLinearGradient(x, 0, x + 170, 0);
  steel.addColorStop(0, '#a3161a');
  steel.addColorStop(0.35, '#e8423f');
  steel.addColorStop(1, '#8c1014');
  pen.fillStyle = steel;
  pen.beginPath();
  pen.roundRect(x, y + 90, 170, 500, [80, 80, 16, 16]);
  pen.fill();
  pen.fillStyle = '#2b2b2b';
  pen.fillRect(x + 62, y + 40, 46, 60);
  pen.fillRect(x + 30, y + 18, 140, 22);
  pen.strokeStyle = '#2b2b2b';
  pen.lineWidth = 16;
  pen.beginPath();
  pen.moveTo(x + 62, y + 66);
  pen.bezierCurveTo(x - 70, y + 90, x - 60, y + 320, x - 30, y + 420);
  pen.stroke();
  pen.fillStyle = '#f6f6f2';
  pen.fillRect(x + 18, y + 260, 134, 170);
  pen.fillStyle = '#c2292b';
  pen.fillRect(x + 18, y + 260, 134, 36);
  pen.fillStyle = '#3fa35b';
  pen.beginPath();
  pen.arc(x + 85, y + 70, 20, 0, Math.PI * 2);
  pen.fill();
}

function drawTag(pen: CanvasRenderingContext2D, x: number, y: number, caption: string): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(0.05);
  pen.fillStyle = '#fffbe8';
  pen.fillRect(0, 0, 220, 130);
  pen.fillStyle = '#333';
  pen.font = '600 30px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  pen.fillText(caption, 18, 58, 186);
  pen.fillStyle = '#3fa35b';
  pen.fillRect(18, 84, 150, 12);
  pen.restore();
}

function drawStamp(pen: CanvasRenderingContext2D, stamp: string): void {
  pen.font = '500 34px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  pen.textAlign = 'right';
  pen.shadowColor = 'rgba(0,0,0,.6)';
  pen.shadowBlur = 6;
  pen.fillStyle = '#fff';
  pen.fillText(stamp, WIDTH - 36, HEIGHT - 44);
}
