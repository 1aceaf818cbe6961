//! A form as it was sent: its pairs, and the file that comes after them.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::{ErrorBadRequest, ErrorPayloadTooLarge, PayloadError};
use actix_web::web::Form;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use futures_util::{StreamExt, stream};

use super::form::Pairs;
use super::inner::Incoming;
use crate::http::frame::body::ORDINARY;

/// A form with at most one file, which stands after its other fields.
pub(super) struct Posted {
    /// The fields that hold a text.
    pub(super) pairs: Pairs,
    /// The media type and the content of the file, while it comes in.
    pub(super) file: Option<(String, Incoming)>,
}

/// Reads the fields up to the file.
///
/// # Errors
/// What is no form, or has more text than a form may have.
pub(super) async fn read(request: &HttpRequest, payload: &mut Payload) -> Result<Posted, Error> {
    if request.content_type() != "multipart/form-data" {
        let form = Form::<Pairs>::from_request(request, payload).await?;
        return Ok(Posted { pairs: form.into_inner(), file: None });
    }
    let mut multipart = Multipart::from_request(request, payload).await?;
    let mut pairs = Pairs::new();
    let mut room = ORDINARY;
    while let Some(field) = multipart.next().await {
        let mut field = field?;
        let said = field.content_disposition();
        let name = said.and_then(|said| said.get_name()).map(str::to_owned);
        let file_name = said.and_then(|said| said.get_filename()).map(str::to_owned);
        let Some(name) = name else { return Err(ErrorBadRequest("a part has no name")) };
        // A browser sends a part without a name for a file that was not chosen.
        let is_file = file_name.is_some_and(|name| !name.is_empty());
        if is_file {
            let media_type = field.content_type().map(ToString::to_string).unwrap_or_default();
            return Ok(Posted { pairs, file: Some((media_type, content(field, multipart))) });
        }
        let mut text = Vec::new();
        while let Some(chunk) = field.next().await {
            let chunk = chunk?;
            room = room.checked_sub(chunk.len()).ok_or_else(|| ErrorPayloadTooLarge("too much text"))?;
            text.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(text).map_err(|_| ErrorBadRequest("a field is no text"))?;
        pairs.push((name, text));
    }
    Ok(Posted { pairs, file: None })
}

/// The content of a field; the form that it comes in is held as long.
fn content(field: Field, form: Multipart) -> Incoming {
    let chunks = stream::unfold((field, form), |(mut field, form)| async move {
        let chunk = field.next().await?;
        Some((chunk.map_err(broken), (field, form)))
    });
    Box::pin(chunks.fuse())
}

fn broken(error: MultipartError) -> PayloadError {
    match error {
        MultipartError::Payload(error) => error,
        other => PayloadError::Io(std::io::Error::other(other.to_string())),
    }
}
