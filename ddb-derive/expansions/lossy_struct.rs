#[derive(FromStreamImage)]
#[ddb(rename_all = "PascalCase")]
struct SampleModel {
    id: i32,
    message: String,
    entity_type: Option<String>,
}
