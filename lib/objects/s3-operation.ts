/** Which S3 operation a request is, from its method and address (path style: /bucket/key). */
export type S3Operation =
  | "PutObject"
  | "GetObject"
  | "HeadObject"
  | "DeleteObject"
  | "ListObjectsV2"
  | "CreateMultipartUpload"
  | "UploadPart"
  | "CompleteMultipartUpload"
  | "AbortMultipartUpload"
  | "ListMultipartUploads"
  | "Bucket";

export function targetOf(method: string, address: string): { operation: S3Operation; key: string } {
  const url = new URL(address, "http://host");
  const [, , ...path] = url.pathname.split("/");
  const key = decodeURIComponent(path.join("/"));
  return { operation: operationOf(method, key !== "", url.searchParams), key };
}

function operationOf(method: string, onObject: boolean, query: URLSearchParams): S3Operation {
  if (method === "GET" && query.has("uploads")) return "ListMultipartUploads";
  if (!onObject) return method === "GET" ? "ListObjectsV2" : "Bucket";
  if (method === "POST") return query.has("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
  if (method === "PUT") return query.has("partNumber") ? "UploadPart" : "PutObject";
  if (method === "DELETE") return query.has("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
  return method === "HEAD" ? "HeadObject" : "GetObject";
}
