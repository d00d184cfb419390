package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mailchute.doctor.Check;
import org.mailchute.doctor.Doctor;
import org.mailchute.doctor.DoctorReport;
import org.mailchute.doctor.Extras;
import org.mailchute.doctor.FolderCheck;
import org.mailchute.doctor.Zone;
import org.mailchute.reply.BadReplyRows;
import org.mailchute.reply.ReplyTable;
import org.mailchute.settings.Settings;

/** The doctor, asked about these settings. */
public record Examination(Settings settings, Surroundings around, Extras extras) {
    /** Of all there is. */
    public DoctorReport whole() throws IOException, BadReplyRows, InterruptedException {
        Patients patients = patients();
        List<Check> gateway = Stream.concat(
                        FolderCheck.of(patients.folders(), settings.places().toList()).stream(),
                        CoreCheck.check(settings.broker()))
                .toList();
        return new DoctorReport(gateway, of(settings.lanes()).lanes());
    }

    /** Of these lanes alone. */
    public DoctorReport of(List<Settings.Lane> lanes) throws IOException, BadReplyRows, InterruptedException {
        Patients patients = patients();
        Doctor doctor = new Doctor(
                patients.tenant(),
                ReplyTable.load(settings.replies().stream().toArray(Path[]::new)),
                new Zone(around.dns(), Doctor.TIMEOUT),
                around.clock(),
                Doctor.TIMEOUT,
                extras);
        return new DoctorReport(
                List.of(), doctor.examine(lanes.stream().map(patients::patient).toList()));
    }

    private Patients patients() {
        return new Patients(settings, around, Doctor.TIMEOUT);
    }
}
