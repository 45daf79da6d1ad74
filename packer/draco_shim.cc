// draco_shim.cc: Draco's decoder for C. The only C++ in the house.

#include "packer/draco_shim.h"

#include <cstdio>
#include <exception>
#include <memory>

#include <draco/compression/decode.h>

struct DracoMesh {
    std::unique_ptr<draco::Mesh> mesh;
};

extern "C" DracoMesh *draco_shim_decode(const uint8_t *bytes, size_t len, char *why,
                                        size_t why_size)
try {
    draco::DecoderBuffer buffer;
    buffer.Init(reinterpret_cast<const char *>(bytes), len);
    draco::Decoder decoder;
    auto decoded = decoder.DecodeMeshFromBuffer(&buffer);
    if (!decoded.ok()) {
        std::snprintf(why, why_size, "%s", decoded.status().error_msg());
        return nullptr;
    }
    auto mesh = std::move(decoded).value();
    const uint32_t vertex_count = mesh->num_points();
    for (draco::FaceIndex i(0); i < mesh->num_faces(); ++i)
        for (int k = 0; k < 3; k++)
            if (mesh->face(i)[k].value() >= vertex_count) {
                std::snprintf(why, why_size, "a triangle names a vertex that is not there");
                return nullptr;
            }
    return new DracoMesh{std::move(mesh)};
} catch (const std::exception &problem) {
    std::snprintf(why, why_size, "%s", problem.what());
    return nullptr;
}

extern "C" void draco_shim_drop(DracoMesh *mesh)
{
    delete mesh;
}

extern "C" uint32_t draco_shim_vertex_count(const DracoMesh *mesh)
{
    return mesh->mesh->num_points();
}

extern "C" uint32_t draco_shim_triangle_count(const DracoMesh *mesh)
{
    return mesh->mesh->num_faces();
}

extern "C" void draco_shim_read_triangles(const DracoMesh *mesh, uint32_t *out)
{
    for (draco::FaceIndex i(0); i < mesh->mesh->num_faces(); ++i)
        for (int k = 0; k < 3; k++)
            *out++ = mesh->mesh->face(i)[k].value();
}

// Draco divides integers that it was told are normalized; glTF's accessor has the last word on
// that, so they are fetched as integers.
static bool read_value(const draco::PointAttribute &attribute, draco::AttributeValueIndex index,
                       int component_count, float *out)
{
    const draco::DataType type = attribute.data_type();
    if (type == draco::DT_FLOAT32 || type == draco::DT_FLOAT64)
        return attribute.ConvertValue<float>(index, static_cast<int8_t>(component_count), out);
    int64_t integers[4] = {0, 0, 0, 0};
    if (!attribute.ConvertValue<int64_t>(index, static_cast<int8_t>(component_count), integers))
        return false;
    for (int i = 0; i < component_count; i++)
        out[i] = static_cast<float>(integers[i]);
    return true;
}

extern "C" bool draco_shim_read_attribute(const DracoMesh *mesh, uint32_t unique_id,
                                          int component_count, float *out, size_t step)
{
    const draco::PointAttribute *attribute = mesh->mesh->GetAttributeByUniqueId(unique_id);
    if (attribute == nullptr || component_count > 4 ||
        attribute->num_components() < component_count)
        return false;
    for (draco::PointIndex i(0); i < mesh->mesh->num_points(); ++i) {
        const draco::AttributeValueIndex index = attribute->mapped_index(i);
        if (index.value() >= attribute->size() ||
            !read_value(*attribute, index, component_count, out + i.value() * step))
            return false;
    }
    return true;
}
