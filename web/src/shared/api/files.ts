import { ApiError, address, Unreachable } from './client'
import type { FileInfo } from './types'

/** XMLHttpRequest, because fetch tells no progress of an upload. */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address('/files'))
    request.setRequestHeader('X-Yizhan', '1')
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status < 300) resolve(request.response)
      else
        reject(
          new ApiError(
            { status: request.status, code: 'upload_failed', ...request.response },
            null,
          ),
        )
    }
    request.onerror = () => reject(new Unreachable())
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
